// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Effect;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.groupmanagement.wire.Distribution;
import org.sekisho.groupmanagement.wire.Rotation;
import org.sekisho.membership.Announced;
import org.sekisho.membership.Rosters;
import org.sekisho.membership.wire.Strict;

/**
 * Newcomer: what the group's log says before RN1 is here. RN1 comes by mailbox and may be later than several epochs. Rosters are
 * followed at once; steps of RN1 and RN2, its slice still sealed, are kept in parts until RN1 makes sense of them.
 */
final class JoinLog {

    static final String TIMER = "rn1-late";

    private static final String PREFIX = "early/";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private JoinLog() {}

    private sealed interface Kept {}

    /** A step of RN1: a rotation, or else the public one-way step. */
    private record KeptStep(Hash rosterHash, boolean removes, Optional<Octets> rotation, Optional<Octets> slice)
            implements Kept {}

    private record KeptRn2(Distribution given, Octets slice) implements Kept {}

    static void announced(
            Draft<MemberState> draft, Announced announced, Optional<Rotation> rotation, Optional<Octets> slice) {
        if (announced.roster().roster().contains(MemberSide.self(draft.ctx))) {
            boolean removes = !announced.removed().isEmpty();
            step(draft, new KeptStep(announced.rosterHash(), removes, rotation.map(Rotation::encode), slice));
        }
    }

    /** The host may have taken this roster from the chain already: then only its place in the log is new. */
    static boolean known(Draft<MemberState> draft, Hash roster) {
        SignedRoster target = Rosters.target(draft.ctx);
        boolean known = Rosters.hash(target).equals(roster);
        if (known && target.roster().contains(MemberSide.self(draft.ctx))) {
            step(draft, new KeptStep(roster, false, Optional.empty(), Optional.empty()));
        }
        return known;
    }

    static void rotation(Draft<MemberState> draft, LeafId from, Octets body, Optional<Octets> slice) {
        SignedRoster target = Rosters.target(draft.ctx);
        Hash hash = Rosters.hash(target);
        RotationCheck.check(draft.ctx, Optional.empty(), from, body, target.roster(), hash);
        if (target.roster().contains(MemberSide.self(draft.ctx))) {
            step(draft, new KeptStep(hash, false, Optional.of(body), slice));
        }
    }

    /**
     * A rotation this leaf can open is as good as a transfer, unless an epoch before it was given out to this leaf: its messages
     * need the RN1 of the transfer, so that is waited for a while.
     */
    private static void step(Draft<MemberState> draft, KeptStep step) {
        Optional<SecretBytes> opened = open(draft, step);
        if (opened.isPresent() && !keepsRn2(draft)) {
            forget(draft);
            joinBy(draft, step, opened.get());
            return;
        }
        keep(draft, Cbor.encode(1, 0, step.rosterHash(), step.removes(), step.rotation(), step.slice()));
        if (opened.isPresent()) {
            opened.get().close();
            draft.timer(TIMER, PATIENCE);
        }
    }

    private static Optional<SecretBytes> open(Draft<MemberState> draft, KeptStep step) {
        return step.rotation().map(Rotation::decode).flatMap(r -> Rotations.open(draft.ctx, r, step.slice()));
    }

    private static void joinBy(Draft<MemberState> draft, KeptStep step, SecretBytes opened) {
        Rotation r = Rotation.decode(step.rotation().orElseThrow());
        try (SecretBytes rn1 = opened) {
            joined(draft, Rn1Line.from(r.rn1Gen(), Optional.of(r.hash()), step.rosterHash()), rn1);
        }
    }

    private static boolean keepsRn2(Draft<MemberState> draft) {
        return draft.keys(PREFIX).stream().anyMatch(key -> read(draft, key) instanceof KeptRn2);
    }

    /** The timer: RN1 of the transfer may never come. The newest rotation that opens will do; what was before it stays shut. */
    static void waitedLongEnough(Draft<MemberState> draft) {
        if (draft.state.phase() != MemberState.Phase.JOINING) {
            return;
        }
        List<String> keys = draft.keys(PREFIX);
        for (int i = keys.size() - 1; i >= 0; i--) {
            if (read(draft, keys.get(i)) instanceof KeptStep step) {
                Optional<SecretBytes> opened = open(draft, step);
                if (opened.isPresent()) {
                    joinBy(draft, step, opened.get());
                    return;
                }
            }
        }
    }

    static void rn2(Draft<MemberState> draft, Octets body, Optional<Octets> slice) {
        Distribution given = Distribution.decode(body);
        DistributionHandler.requireFits(draft, given);
        // Without a slice it is for an epoch before this leaf's.
        if (slice.isPresent()) {
            // Given out again for the same epoch: the one before will not be committed any more.
            forgetRn2(draft, given.epoch(), given.header());
            keep(draft, Cbor.encode(1, 1, body, slice));
        }
    }

    /** An epoch was committed while this leaf cannot derive it: of what was given out for it only this header counts. */
    static void committed(Draft<MemberState> draft, EpochHeader header) {
        forgetRn2(draft, header.epoch(), header);
    }

    private static void forgetRn2(Draft<MemberState> draft, long epoch, EpochHeader except) {
        for (String key : draft.keys(PREFIX)) {
            if (read(draft, key) instanceof KeptRn2 rn2
                    && rn2.given().epoch() == epoch
                    && !rn2.given().header().equals(except)) {
                draft.delete(key);
            }
        }
    }

    /** RN1 of {@code line} is here: the newcomer is a full member, and catches up with what was kept. */
    static void joined(Draft<MemberState> draft, Rn1Line line, SecretBytes rn1) {
        Rn1Store.put(draft, line.gen(), rn1);
        draft.state = draft.state.joined(line, MemberSide.seconds(draft.ctx));
        draft.notice("rn1", line.roster().value());
        List<String> keys = draft.keys(PREFIX);
        int base = -1;
        for (int i = 0; i < keys.size() && base < 0; i++) {
            base = read(draft, keys.get(i)) instanceof KeptStep s
                            && s.rosterHash().equals(line.roster())
                    ? i
                    : -1;
        }
        for (int i = base + 1; i < keys.size() && base >= 0; i++) {
            replay(draft, read(draft, keys.get(i)));
        }
        forget(draft);
        Rn1Store.eraseBefore(draft, draft.state.line().gen());
        draft.state.open().ifPresent(open -> CommitHandler.begin(draft, open));
        Rotations.armTurn(draft);
        Rotations.armAge(draft);
    }

    private static void replay(Draft<MemberState> draft, Kept kept) {
        try {
            if (kept instanceof KeptStep step) {
                replay(draft, step);
            } else if (kept instanceof KeptRn2 rn2) {
                replay(draft, rn2);
            }
        } catch (SekishoException e) {
            draft.effect(new Effect.Audit("rn12.skip-early", e.code().name()));
        }
    }

    private static void replay(Draft<MemberState> draft, KeptStep step) {
        Rn1Line line = draft.state.line();
        if (step.rotation().isPresent()) {
            Rotation rotation = Rotation.decode(step.rotation().get());
            Draft.require(rotation.rn1Gen() == line.topGen() + 1, ErrorCode.EPOCH_CONFLICT, "not the next RN1");
            draft.state = draft.state.with(line.rotate(rotation, step.removes()));
            Rotations.take(draft, rotation, step.slice());
        } else if (!line.knows(step.rosterHash())) {
            draft.state = draft.state.with(line.join(draft.ctx.group(), step.rosterHash(), step.removes()));
            Rn1Store.stepOn(draft, line.topGen());
        }
    }

    private static void replay(Draft<MemberState> draft, KeptRn2 rn2) {
        Distribution given = rn2.given();
        DistributionHandler.requireLine(draft, given);
        DistributionHandler.makeReady(draft, given, Optional.of(rn2.slice()));
        draft.state = draft.state.opened(given);
        long epoch = draft.ctx.epoch().map(e -> e.header().epoch()).orElse(0L);
        if (given.epoch() <= epoch) {
            CommitHandler.close(draft, given);
        }
    }

    /** Whether a roster with this leaf was seen: then one without it removes it, with or without RN1. */
    static boolean wasAdded(Draft<MemberState> draft) {
        return draft.ctx.roster().roster().contains(MemberSide.self(draft.ctx))
                || !draft.keys(PREFIX).isEmpty();
    }

    static void forget(Draft<MemberState> draft) {
        draft.deleteAll(PREFIX);
        Belonging.of(draft).joined();
    }

    private static void keep(Draft<MemberState> draft, Octets entry) {
        boolean room = draft.keys(PREFIX).size() < Draft.PAGE;
        Draft.require(room, ErrorCode.QUEUE_FULL, "messages before RN1: at most " + Draft.PAGE);
        draft.put(PREFIX + Octets.ofLong(draft.state.nextKey()).hex(), entry);
        draft.state = draft.state.counted();
    }

    private static Kept read(Draft<MemberState> draft, String key) {
        return Strict.decode("early message", draft.part(key).orElseThrow(), 4096, JoinLog::read);
    }

    private static Kept read(CborReader r) {
        int fields = r.array(6);
        r.integer(1, 1);
        if (r.uint(1) == 1 && fields == 4) {
            Distribution given = Distribution.decode(r.octets(Distribution.MAX_SIZE));
            return new KeptRn2(given, r.octets(SignedEnvelope.MAX_SLICE));
        }
        return new KeptStep(
                r.hash(),
                r.bool(),
                r.optional(b -> b.octets(Rotation.MAX_SIZE)),
                r.optional(b -> b.octets(SignedEnvelope.MAX_SLICE)));
    }
}
