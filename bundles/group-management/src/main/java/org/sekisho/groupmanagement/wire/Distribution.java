// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.wire;

import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.crypto.schedule.KeySchedule;
import org.sekisho.membership.wire.Strict;

/**
 * RN2 from the server: {@code [1, groupId, epoch, rn2Gen, rn1Gen, rosterHash, policyHash, previousEpochHash|null, cohort,
 * sponsorLeaf, commitment, lastRn1Step|null, H(Reinit)|null]}. RN2 itself is sealed to each leaf in the envelope's slices; the commitment,
 * which is signed, binds them.
 *
 * @param epoch the epoch this is for
 * @param sponsor the leaf asked to commit first
 * @param commitment see {@link Formulas#rn2Commitment}
 * @param lastRn1Step hash of the last join step or rotation of RN1; empty while RN1 is the founder's first
 * @param reinit the order of the scheme switch that this epoch completes; empty in any other
 */
public record Distribution(
        GroupId group,
        long epoch,
        long rn2Gen,
        long rn1Gen,
        Hash rosterHash,
        Hash policyHash,
        Optional<Hash> previous,
        long cohort,
        LeafId sponsor,
        Hash commitment,
        Optional<Hash> lastRn1Step,
        Optional<Hash> reinit) {

    public static final int MAX_SIZE = 512;

    public Octets encode() {
        return Cbor.encode(
                1,
                group,
                epoch,
                rn2Gen,
                rn1Gen,
                rosterHash,
                policyHash,
                previous,
                cohort,
                sponsor,
                commitment,
                lastRn1Step,
                reinit);
    }

    /** The header of the epoch that this makes possible. */
    public EpochHeader header() {
        Hash own = Formulas.transcriptHash(rn1Gen, rn2Gen, rosterHash, lastRn1Step);
        Hash transcript =
                reinit.map(order -> KeySchedule.switchTranscript(order, own)).orElse(own);
        return new EpochHeader(group, epoch, Formulas.SCHEME_ID, previous, rosterHash, policyHash, transcript, cohort);
    }

    /** What each slice is sealed for, label {@link Formulas#SEAL_RN2}. */
    public Octets sealContext(LeafId leaf) {
        return Cbor.encode(group, epoch, rn2Gen, rosterHash, leaf);
    }

    public static Distribution decode(Octets encoded) {
        return Strict.decode("RN2 distribution", encoded, MAX_SIZE, Distribution::read);
    }

    private static Distribution read(CborReader r) {
        r.struct(1, 13);
        return new Distribution(
                r.groupId(),
                r.integer(1, Long.MAX_VALUE),
                r.integer(1, Long.MAX_VALUE),
                r.integer(1, Long.MAX_VALUE),
                r.hash(),
                r.hash(),
                r.optional(CborReader::hash),
                r.uint(Long.MAX_VALUE),
                r.leafId(),
                r.hash(),
                r.optional(CborReader::hash),
                r.optional(CborReader::hash));
    }
}
