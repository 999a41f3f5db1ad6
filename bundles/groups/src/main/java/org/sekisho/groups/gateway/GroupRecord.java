// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.api.scheme.SchemeDescriptor;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.group.EpochCodec;

/**
 * What a group is just now: one small row.
 *
 * @param instance number of the scheme's instance
 * @param committed roster of the current epoch; the genesis roster before the first
 * @param proposal newest adopted roster that no epoch names yet
 * @param grace the epoch before, as long as messages of it are still taken
 * @param open header that may be committed
 * @param removalSince lived milliseconds since a removal waits for its epoch; negative when none does
 * @param alarm what somebody should look at; empty when all is well
 */
record GroupRecord(
        Octets nonce,
        Instant createdAt,
        Running running,
        long instance,
        RosterRef committed,
        Optional<RosterRef> proposal,
        Optional<EpochView> epoch,
        Optional<Grace> grace,
        Optional<EpochHeader> open,
        long removalSince,
        String alarm) {

    static final long NO_REMOVAL = -1;
    private static final int VERSION = 1;
    private static final int MAX_TEXT = 4096;

    /** The scheme in use, and what it said of itself when it began; shown also while it is absent. */
    record Running(String schemeId, boolean blind, String blindReason) {

        static Running of(SchemeDescriptor scheme) {
            return new Running(scheme.id(), scheme.blind(), scheme.blindReason());
        }

        List<Object> elements() {
            return List.of(schemeId, blind, blindReason);
        }

        static Running read(CborReader r) {
            r.arrayOf(3);
            return new Running(r.text(64), r.bool(), r.text(MAX_TEXT));
        }
    }

    /** A roster of the chain. */
    record RosterRef(long seq, Hash hash) {}

    /** An epoch that has ended, and until when (lived milliseconds) its messages are taken. */
    record Grace(long epoch, Hash epochHash, long until) {}

    GroupRecord withInstance(long id) {
        return new GroupRecord(
                nonce, createdAt, running, id, committed, proposal, epoch, grace, open, removalSince, alarm);
    }

    GroupRecord withRunning(Running scheme, long id) {
        return new GroupRecord(
                nonce, createdAt, scheme, id, committed, proposal, epoch, grace, open, removalSince, alarm);
    }

    GroupRecord withProposal(RosterRef next, long removal) {
        return new GroupRecord(
                nonce,
                createdAt,
                running,
                instance,
                committed,
                Optional.of(next),
                epoch,
                grace,
                Optional.empty(),
                removal,
                alarm);
    }

    GroupRecord withOpen(Optional<EpochHeader> header) {
        return new GroupRecord(
                nonce, createdAt, running, instance, committed, proposal, epoch, grace, header, removalSince, alarm);
    }

    GroupRecord withEpoch(EpochView next, Optional<Grace> before) {
        return new GroupRecord(
                nonce,
                createdAt,
                running,
                instance,
                proposal.orElse(committed),
                Optional.empty(),
                Optional.of(next),
                before,
                Optional.empty(),
                NO_REMOVAL,
                alarm);
    }

    GroupRecord withAlarm(String text) {
        return new GroupRecord(
                nonce, createdAt, running, instance, committed, proposal, epoch, grace, open, removalSince, text);
    }

    Octets encode() {
        return Cbor.encode(
                VERSION,
                nonce,
                createdAt.toEpochMilli(),
                running.elements(),
                instance,
                encode(committed),
                proposal.map(GroupRecord::encode),
                epoch.map(e -> Arrays.asList(EpochCodec.encode(e.header()), e.epochHash())),
                grace.map(g -> Arrays.asList(g.epoch(), g.epochHash(), g.until())),
                open.map(EpochCodec::encode),
                removalSince,
                Cbor.nfc(alarm));
    }

    private static List<Object> encode(RosterRef ref) {
        return List.of(ref.seq(), ref.hash());
    }

    static GroupRecord decode(Octets value) {
        var r = new CborReader(value);
        r.struct(VERSION, 12);
        var record = new GroupRecord(
                r.octetsOf(16),
                Instant.ofEpochMilli(r.integer()),
                Running.read(r),
                r.uint(Long.MAX_VALUE),
                readRef(r),
                r.optional(GroupRecord::readRef),
                r.optional(GroupRecord::readEpoch),
                r.optional(GroupRecord::readGrace),
                r.optional(h -> EpochCodec.decodeHeader(h.octets(EpochCodec.MAX_SIZE))),
                r.integer(),
                r.text(MAX_TEXT));
        r.end();
        return record;
    }

    private static RosterRef readRef(CborReader r) {
        r.arrayOf(2);
        return new RosterRef(r.uint(Long.MAX_VALUE), r.hash());
    }

    private static EpochView readEpoch(CborReader r) {
        r.arrayOf(2);
        return new EpochView(EpochCodec.decodeHeader(r.octets(EpochCodec.MAX_SIZE)), r.hash());
    }

    private static Grace readGrace(CborReader r) {
        r.arrayOf(3);
        return new Grace(r.uint(Long.MAX_VALUE), r.hash(), r.uint(Long.MAX_VALUE));
    }
}
