// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.chain;

import java.util.Optional;
import org.sekisho.api.ConflictException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx.EpochView;

/** Whether a header may be the next epoch's: checked when it is opened, again when it is committed, by everybody. */
public final class EpochCheck {

    private EpochCheck() {}

    /**
     * @param current the epoch in force, if any
     * @param committed the roster of {@code current}; the genesis roster before the first epoch
     * @param next the roster the header must name
     * @param policy the policy that {@code next} names
     * @param scheme the one the epoch must be of: see {@link #scheme}
     */
    public static void check(
            EpochHeader header,
            Optional<EpochView> current,
            SignedRoster committed,
            SignedRoster next,
            Policy policy,
            String scheme) {
        if (!header.group().equals(next.roster().group())) {
            throw new RejectedException(ErrorCode.WRONG_AUDIENCE, "an epoch of another group");
        }
        long number = current.map(e -> e.header().epoch()).orElse(0L) + 1;
        Optional<Hash> previous = current.map(EpochView::epochHash);
        if (header.epoch() != number || !header.previous().equals(previous)) {
            throw new ConflictException(ErrorCode.EPOCH_CONFLICT, "the next epoch is " + number);
        }
        if (!header.rosterHash().equals(GroupHashes.of(next))) {
            throw new ConflictException(ErrorCode.ROSTER_CONFLICT, "the epoch names another roster");
        }
        if (!header.policyHash().equals(next.roster().policyHash())) {
            throw violation("the epoch names another policy than its roster");
        }
        if (!header.schemeId().equals(scheme)) {
            throw new RejectedException(ErrorCode.UNKNOWN_SCHEME, "the group runs scheme " + scheme);
        }
        if (!policy.allowedSchemes().contains(header.schemeId())) {
            throw violation("the policy does not allow this scheme");
        }
        long cohort = cohort(current, committed.roster(), next.roster(), policy.history());
        if (header.cohort() != cohort) {
            throw violation("the cohort of this epoch is " + cohort);
        }
    }

    /** The scheme a group runs, which only an accepted scheme switch changes ({@link SwitchCheck}). */
    public static String scheme(Optional<EpochView> current, Policy policy) {
        return current.map(e -> e.header().schemeId()).orElse(policy.schemeId());
    }

    /**
     * The cohort of the next epoch: one more if the step removes a leaf or replaces its keys, or, where members read from
     * their join on, adds one (protocol note F14). Counted from 0 before the first epoch.
     */
    public static long cohort(Optional<EpochView> current, Roster committed, Roster next, History history) {
        boolean grows = !committed.removedBy(next).isEmpty()
                || history == History.FROM_JOIN && !committed.addedBy(next).isEmpty();
        return current.map(e -> e.header().cohort()).orElse(0L) + (grows ? 1 : 0);
    }

    private static RejectedException violation(String why) {
        return new RejectedException(ErrorCode.POLICY_VIOLATION, why);
    }
}
