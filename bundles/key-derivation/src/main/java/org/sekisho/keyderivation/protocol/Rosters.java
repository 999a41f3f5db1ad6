// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

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
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.schedule.KeySchedule;
import org.sekisho.keyderivation.wire.KeyEquations;

/** What both roles ask of rosters. */
final class Rosters {

    /** Leaves that some step since the last epoch dropped. */
    private static final String DROPPED = "dropped/";

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
        boolean again = draft.allKeys(DROPPED).stream()
                .map(key -> LeafId.parse(key.substring(DROPPED.length())))
                .anyMatch(next::contains);
        draft.ctx.roster().roster().removedBy(next).forEach(leaf -> draft.put(DROPPED + leaf, Octets.ofLong(1)));
        return before.and(change(draft.ctx, next)).and(new Change(false, again));
    }

    /** After a commit: what a roster beyond it does. */
    static Change committed(Draft<?> draft) {
        draft.deleteAll(DROPPED);
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
    static EpochHeader header(Ctx ctx, Hash transcript) {
        SignedRoster target = target(ctx);
        return new EpochHeader(
                ctx.group(),
                ctx.epoch().map(e -> e.header().epoch()).orElse(0L) + 1,
                KeyEquations.SCHEME_ID,
                ctx.epoch().map(Ctx.EpochView::epochHash),
                hash(target),
                target.roster().policyHash(),
                switched(ctx, transcript),
                cohort(ctx));
    }

    /** The first epoch after a switch of the scheme names its order (protocol note F19). */
    private static Hash switched(Ctx ctx, Hash transcript) {
        return ctx.takeover()
                .map(order -> KeySchedule.switchTranscript(order.reinit(), transcript))
                .orElse(transcript);
    }

    /** Cohort of the next epoch (protocol note F14), counted from 0 before the first. */
    private static long cohort(Ctx ctx) {
        Roster committed = ctx.roster().roster();
        Roster next = target(ctx).roster();
        boolean grows = !committed.removedBy(next).isEmpty()
                || ctx.policy().history() == History.FROM_JOIN
                        && !committed.addedBy(next).isEmpty();
        return ctx.epoch().map(e -> e.header().cohort()).orElse(0L) + (grows ? 1 : 0);
    }
}
