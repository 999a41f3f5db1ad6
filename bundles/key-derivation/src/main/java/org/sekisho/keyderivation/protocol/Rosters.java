// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.codec.Cbor;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.schedule.KeySchedule;
import org.sekisho.keyderivation.wire.KeyEquations;
import org.sekisho.keyderivation.wire.Strict;

/** What both roles ask of rosters. */
final class Rosters {

    /** Leaves that some step since the last epoch dropped. */
    private static final String DROPPED = "dropped/";

    /** What is known of the step to the roster that is proposed: part, see {@link Step}. */
    private static final String STEP = "step-to";

    private static final int MAX_STEP = 256;
    private static final int MAX_SIGNATURE = 128;

    private Rosters() {}

    /** What the steps since the last epoch did, all of them together (protocol note F4). */
    record Change(boolean removes, boolean adds) {

        static final Change NONE = new Change(false, false);

        Change and(Change other) {
            return new Change(removes || other.removes, adds || other.adds);
        }

        boolean none() {
            return !removes && !adds;
        }
    }

    /**
     * From the roster of the present epoch to the next epoch's. Worked out once, when the next one is adopted: neither its octets are
     * hashed again with each message nor its leaves compared.
     *
     * @param proposal its signature, which names it without hashing; empty when there is none
     */
    record Step(Hash committed, Octets proposal, long seq, Hash target, Change change) {

        private Octets encode() {
            return Cbor.encode(committed, proposal, seq, target, change.removes(), change.adds());
        }

        private static Step decode(Octets encoded) {
            return Strict.decode("step", encoded, MAX_STEP, r -> {
                r.arrayOf(6);
                return new Step(
                        r.hash(),
                        r.octets(MAX_SIGNATURE),
                        r.uint(Long.MAX_VALUE),
                        r.hash(),
                        new Change(r.bool(), r.bool()));
            });
        }
    }

    static Step step(Draft<?> draft) {
        Hash committed =
                draft.ctx.epoch().map(epoch -> epoch.header().rosterHash()).orElseGet(() -> hash(draft.ctx.roster()));
        Optional<SignedRoster> proposal = draft.ctx.proposal();
        if (proposal.isEmpty()) {
            return new Step(committed, Octets.EMPTY, draft.ctx.roster().roster().seq(), committed, Change.NONE);
        }
        Octets signature = proposal.get().signature();
        return draft.part(STEP)
                .map(Step::decode)
                .filter(s -> s.proposal().equals(signature) && s.committed().equals(committed))
                .orElseGet(() -> worked(draft, committed, proposal.get()));
    }

    private static Step worked(Draft<?> draft, Hash committed, SignedRoster next) {
        var step = new Step(
                committed, next.signature(), next.roster().seq(), hash(next), change(draft.ctx, next.roster()));
        draft.put(STEP, step.encode());
        return step;
    }

    static Hash hash(SignedRoster roster) {
        return Sha256.hash(roster.encoded());
    }

    /** The roster the next epoch will have: the proposal, else the current one. */
    static SignedRoster target(Ctx ctx) {
        return ctx.proposal().orElseGet(ctx::roster);
    }

    /** From the current epoch's roster to {@code next}, as far as the two show it. */
    static Change change(Ctx ctx, Roster next) {
        Roster committed = ctx.roster().roster();
        return new Change(
                !committed.removedBy(next).isEmpty(), !committed.addedBy(next).isEmpty());
    }

    /**
     * What an adopted roster did, together with {@code before}. A leaf that one step drops and a later one adds again was removed and
     * is new, though the two ends show neither (protocol note F4).
     */
    static Change adopted(Draft<?> draft, Change before, Roster next) {
        // the newest is worked out here, where every leaf of it is looked at anyway
        draft.delete(STEP);
        Change change = step(draft).seq() == next.seq() ? step(draft).change() : change(draft.ctx, next);
        boolean again = draft.allKeys(DROPPED).stream()
                .map(key -> LeafId.parse(key.substring(DROPPED.length())))
                .anyMatch(next::contains);
        draft.ctx.roster().roster().removedBy(next).forEach(leaf -> draft.put(DROPPED + leaf, Octets.ofLong(1)));
        return before.and(change).and(new Change(false, again));
    }

    /** After a commit: what a roster beyond it does. */
    static Change committed(Draft<?> draft) {
        draft.deleteAll(DROPPED);
        draft.delete(STEP);
        return draft.ctx
                .proposal()
                .map(p -> adopted(draft, Change.NONE, p.roster()))
                .orElse(Change.NONE);
    }

    static Octets idKey(Roster roster, LeafId leaf) {
        return roster.entry(leaf)
                .map(RosterEntry::idKey)
                .orElseThrow(() -> SekishoException.of(ErrorCode.NOT_A_MEMBER, "not in the roster"));
    }

    /** The header of the next epoch. */
    static EpochHeader header(Draft<?> draft, Hash transcript) {
        Ctx ctx = draft.ctx;
        return new EpochHeader(
                ctx.group(),
                ctx.epoch().map(e -> e.header().epoch()).orElse(0L) + 1,
                KeyEquations.SCHEME_ID,
                ctx.epoch().map(Ctx.EpochView::epochHash),
                step(draft).target(),
                target(ctx).roster().policyHash(),
                switched(ctx, transcript),
                cohort(draft));
    }

    /** The first epoch after a switch of the scheme names its order (protocol note F19). */
    private static Hash switched(Ctx ctx, Hash transcript) {
        return ctx.takeover()
                .map(order -> KeySchedule.switchTranscript(order.reinit(), transcript))
                .orElse(transcript);
    }

    /** Cohort of the next epoch (protocol note F14), counted from 0 before the first. */
    private static long cohort(Draft<?> draft) {
        Change change = step(draft).change();
        boolean grows = change.removes() || draft.ctx.policy().history() == History.FROM_JOIN && change.adds();
        return draft.ctx.epoch().map(e -> e.header().cohort()).orElse(0L) + (grows ? 1 : 0);
    }
}
