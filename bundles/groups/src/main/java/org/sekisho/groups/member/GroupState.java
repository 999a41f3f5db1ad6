// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.group.EpochCodec;

/**
 * What a member holds true of a group: it only moves forward (protocol note 1.3).
 *
 * @param nonce of the genesis
 * @param policyHash of the policy in force
 * @param instance the scheme instance; 0 before there is one
 * @param header of the current epoch; empty before the first
 * @param rosterHash of the roster the current epoch names; the genesis roster before the first epoch
 * @param proposals hashes of verified rosters on top of it, in order; the last is the proposal for the next epoch
 * @param freshUntil seconds since 1970: until then the view counts as fresh (protocol note F10)
 * @param invitation the invitation that is being accepted, while JOINING
 */
record GroupState(
        MemberStatus status,
        Octets nonce,
        Hash policyHash,
        long instance,
        Optional<EpochHeader> header,
        Optional<Hash> epochHash,
        Hash rosterHash,
        List<Hash> proposals,
        long freshUntil,
        Optional<Octets> invitation) {

    private static final int VERSION = 1;
    static final int MAX_PROPOSALS = 256;
    private static final int MAX_INVITATION = 1024;

    GroupState {
        proposals = List.copyOf(proposals);
    }

    long epoch() {
        return header.map(EpochHeader::epoch).orElse(0L);
    }

    /** The newest verified roster. */
    Hash newestRoster() {
        return proposals.isEmpty() ? rosterHash : proposals.get(proposals.size() - 1);
    }

    GroupState with(MemberStatus next) {
        return new GroupState(
                next, nonce, policyHash, instance, header, epochHash, rosterHash, proposals, freshUntil, invitation);
    }

    GroupState withInstance(long id) {
        return new GroupState(
                status, nonce, policyHash, id, header, epochHash, rosterHash, proposals, freshUntil, invitation);
    }

    GroupState withProposals(List<Hash> next) {
        return new GroupState(
                status, nonce, policyHash, instance, header, epochHash, rosterHash, next, freshUntil, invitation);
    }

    GroupState freshUntil(long seconds) {
        return new GroupState(
                status,
                nonce,
                policyHash,
                instance,
                header,
                epochHash,
                rosterHash,
                proposals,
                Math.max(freshUntil, seconds),
                invitation);
    }

    GroupState invited(Octets by) {
        return new GroupState(
                status,
                nonce,
                policyHash,
                instance,
                header,
                epochHash,
                rosterHash,
                proposals,
                freshUntil,
                Optional.of(by));
    }

    /** The state after a commit of {@code next}; proposals up to the roster it names have become the past. */
    GroupState advanced(EpochHeader next, Hash hash) {
        int named = proposals.indexOf(next.rosterHash());
        return new GroupState(
                status,
                nonce,
                next.policyHash(),
                instance,
                Optional.of(next),
                Optional.of(hash),
                next.rosterHash(),
                proposals.subList(named + 1, proposals.size()),
                freshUntil,
                invitation);
    }

    Octets encode() {
        return Cbor.encode(
                VERSION,
                status.name(),
                nonce,
                policyHash,
                instance,
                header.map(EpochCodec::encode),
                epochHash,
                rosterHash,
                proposals,
                freshUntil,
                invitation);
    }

    static GroupState decode(Octets encoded) {
        CborReader in = new CborReader(encoded);
        in.struct(VERSION, 11);
        GroupState state = new GroupState(
                MemberStatus.valueOf(in.text(32)),
                in.octets(64),
                in.hash(),
                in.uint(Long.MAX_VALUE),
                in.optional(r -> EpochCodec.decodeHeader(r.octets(EpochCodec.MAX_SIZE))),
                in.optional(CborReader::hash),
                in.hash(),
                in.list(MAX_PROPOSALS, CborReader::hash),
                in.uint(Long.MAX_VALUE),
                in.optional(r -> r.octets(MAX_INVITATION)));
        in.end();
        return state;
    }
}
