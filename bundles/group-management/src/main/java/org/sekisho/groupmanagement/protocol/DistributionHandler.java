// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Effect;
import org.sekisho.crypto.ConstantTime;
import org.sekisho.groupmanagement.wire.Distribution;
import org.sekisho.groupmanagement.wire.Formulas;
import org.sekisho.membership.Rosters;

/** Member: RN2 from the server. With RN1 it makes the next epoch's secret; neither RN2 nor the secret is kept here. */
final class DistributionHandler {

    private DistributionHandler() {}

    static void handle(Draft<MemberState> draft, Octets body, Optional<Octets> slice) {
        Distribution given = Distribution.decode(body);
        boolean committed = requireFits(draft, given);
        requireLine(draft, given);
        makeReady(draft, given, slice);
        draft.state = draft.state.opened(given);
        if (committed) {
            CommitHandler.close(draft, given);
        } else {
            CommitHandler.begin(draft, given);
        }
    }

    /** Of this group, not used before, for the next epoch, or for the present one when its commit was known before. */
    static boolean requireFits(Draft<MemberState> draft, Distribution given) {
        Ctx ctx = draft.ctx;
        Draft.require(given.group().equals(ctx.group()), ErrorCode.WRONG_AUDIENCE, "RN2 of another group");
        // 0038 section 4.2, F11: strictly monotonic, over all epochs and attempts.
        Draft.require(given.rn2Gen() > draft.state.rn2Gen(), ErrorCode.REPLAYED, "an RN2 that is used up");
        boolean committed =
                ctx.epoch().filter(e -> e.header().equals(given.header())).isPresent();
        if (!committed) {
            requireNext(ctx, given);
        }
        return committed;
    }

    private static void requireNext(Ctx ctx, Distribution given) {
        long epoch = ctx.epoch().map(e -> e.header().epoch()).orElse(0L);
        Draft.require(given.epoch() > epoch, ErrorCode.STALE_EPOCH, "the epoch is " + epoch);
        boolean next = given.epoch() == epoch + 1
                && given.previous().equals(ctx.epoch().map(Ctx.EpochView::epochHash));
        Draft.require(next, ErrorCode.EPOCH_CONFLICT, "RN2 for an epoch that does not follow");
        SignedRoster target = Rosters.target(ctx);
        Draft.require(
                given.rosterHash().equals(Rosters.hash(target)), ErrorCode.ROSTER_CONFLICT, "RN2 for another roster");
        boolean header = given.cohort() == Rosters.cohort(ctx)
                && given.policyHash().equals(target.roster().policyHash());
        Draft.require(header, ErrorCode.POLICY_VIOLATION, "cohort or policy is wrong");
        // 0038 section 5.9: the first epoch after a switch, and no other, names its order.
        boolean order = given.reinit().equals(ctx.takeover().map(Ctx.Takeover::reinit));
        Draft.require(order, ErrorCode.EPOCH_CONFLICT, "RN2 for another scheme switch");
    }

    static void requireLine(Draft<MemberState> draft, Distribution given) {
        Rn1Line line = draft.state.line();
        // 0038 section 4.3, F11: a removal is pending and no new RN1 covers it; the server and the leaver could read
        // on.
        Draft.require(
                !line.needsRotation(draft.ctx.policy().deferRotation()),
                ErrorCode.POLICY_VIOLATION,
                "RN1 was not rotated after a removal");
        Draft.require(given.rosterHash().equals(line.target()), ErrorCode.ROSTER_CONFLICT, "RN2 for another roster");
        boolean sameLine =
                given.rn1Gen() == line.topGen() && given.lastRn1Step().equals(line.lastStep());
        Draft.require(sameLine, ErrorCode.EPOCH_CONFLICT, "RN2 for another RN1");
    }

    static void makeReady(Draft<MemberState> draft, Distribution given, Optional<Octets> slice) {
        Ctx ctx = draft.ctx;
        try (SecretBytes rn1 = Rn1Store.get(draft, given.rn1Gen())
                        .orElseThrow(() -> SekishoException.of(ErrorCode.EPOCH_UNAVAILABLE, "this leaf lacks RN1"));
                SecretBytes rn2 = slice.flatMap(
                                s -> ctx.open(Formulas.SEAL_RN2, given.sealContext(MemberSide.self(ctx)), s))
                        .orElseThrow(DistributionHandler::cannotOpen)) {
            boolean right = rn2.size() == Formulas.SIZE && commits(given, rn2);
            Draft.require(right, ErrorCode.CANNOT_OPEN, "this leaf's slice of RN2 does not open");
            // The host takes the secret over and closes it.
            draft.effect(new Effect.EpochReady(given.header(), Formulas.schemeSecret(rn2, rn1)));
        }
    }

    private static boolean commits(Distribution given, SecretBytes rn2) {
        Hash actual = Formulas.rn2Commitment(given.group(), given.rn2Gen(), rn2);
        return ConstantTime.equal(actual.value(), given.commitment().value());
    }

    private static SekishoException cannotOpen() {
        return SekishoException.of(ErrorCode.CANNOT_OPEN, "this leaf's slice of RN2 does not open");
    }
}
