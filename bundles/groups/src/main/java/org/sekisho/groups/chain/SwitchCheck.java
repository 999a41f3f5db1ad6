// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.chain;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.sekisho.api.ConflictException;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Reinit;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedReinit;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.api.scheme.SchemeDescriptor;
import org.sekisho.crypto.Sha256;

/**
 * Whether a group may move to another scheme (protocol note F19): judged by the gateway, by every member for itself, and by
 * newcomers who replay the chain. A roster may be proposed already; from the order on it is frozen until the switch is over, so
 * what was checked here is what the new scheme's first epoch names.
 */
public final class SwitchCheck {

    public static final String LABEL = "reinit";

    /** Longest time a switch may take. */
    public static final Duration MAX_TIME = Duration.ofDays(7);

    private SwitchCheck() {}

    /**
     * What a switch is judged by.
     *
     * @param epoch the current epoch
     * @param committed its roster
     * @param link the newest roster: the proposal, or {@code committed} when there is none
     * @param inForce the policy that {@code committed} names
     * @param named the policy that {@code link} names
     */
    public record Ground(EpochView epoch, SignedRoster committed, SignedRoster link, Policy inForce, Policy named) {}

    /** Who orders may; the order is for just this epoch, roster and policy, and both allow the scheme. */
    public static void check(SignedReinit signed, Ground ground) {
        Reinit reinit = signed.reinit();
        EpochHeader header = ground.epoch().header();
        if (!reinit.group().equals(header.group())) {
            throw new RejectedException(ErrorCode.WRONG_AUDIENCE, "a scheme switch of another group");
        }
        RosterEntry admin = admin(signed, ground);
        SignatureCheck.require(admin.idKey(), LABEL, signed.encoded(), signed.signature());
        if (reinit.fromEpoch() != header.epoch()
                || !reinit.epochHash().equals(ground.epoch().epochHash())) {
            throw new ConflictException(ErrorCode.EPOCH_CONFLICT, "the epoch is " + header.epoch());
        }
        if (!reinit.rosterHash().equals(GroupHashes.of(ground.link()))) {
            throw new ConflictException(
                    ErrorCode.ROSTER_CONFLICT,
                    "the newest roster has number " + ground.link().roster().seq());
        }
        checkPolicy(reinit, ground);
        if (!reinit.oldScheme().equals(header.schemeId())) {
            throw new RejectedException(ErrorCode.UNKNOWN_SCHEME, "the group runs scheme " + header.schemeId());
        }
        if (reinit.usePsk() != sameLeaves(ground.committed(), ground.link())) {
            throw violation("the epochs are tied together exactly when leaves and keys stay the same");
        }
        if (!Sha256.hash(signed.params()).equals(reinit.paramsHash())) {
            throw violation("other parameters than those that were signed");
        }
    }

    private static RosterEntry admin(SignedReinit signed, Ground ground) {
        RosterEntry now = entry(signed, ground.committed());
        RosterEntry then = entry(signed, ground.link());
        Set<Right> rights = now.rights();
        if (!now.sameKeys(then)
                || !rights.contains(Right.ADMIN)
                || !then.rights().contains(Right.ADMIN)) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "a scheme switch is ordered by an administrator");
        }
        return now;
    }

    private static RosterEntry entry(SignedReinit signed, SignedRoster roster) {
        return roster.roster()
                .entry(signed.signer())
                .orElseThrow(() -> new DeniedException(ErrorCode.NOT_A_MEMBER, "the signer is not in the roster"));
    }

    private static void checkPolicy(Reinit reinit, Ground ground) {
        if (!reinit.policyHash().equals(ground.link().roster().policyHash())) {
            throw violation("the switch names another policy than its roster");
        }
        boolean allowed = ground.inForce().allowedSchemes().contains(reinit.newScheme())
                && ground.named().allowedSchemes().contains(reinit.newScheme());
        if (!allowed) {
            throw violation("the policy does not allow this scheme");
        }
        if (ground.inForce().blindRequired() != ground.named().blindRequired()) {
            throw violation("blindness and scheme are not changed in one step");
        }
    }

    /** The scheme as it is here: the one that was meant, and blind where the policy requires it. */
    public static void checkScheme(Reinit reinit, Policy named, SchemeDescriptor scheme) {
        if (scheme.protocol() != reinit.newSchemeVersion()) {
            throw new RejectedException(
                    ErrorCode.UNKNOWN_SCHEME, "scheme " + scheme.id() + " has protocol version " + scheme.protocol());
        }
        if (named.blindRequired() && !scheme.blind()) {
            throw violation("the policy requires a blind scheme");
        }
    }

    /** The time for a switch begins with its order and has an end. */
    public static void checkTime(Reinit reinit, Instant issuedAt) {
        boolean within =
                reinit.notAfter().isAfter(issuedAt) && !reinit.notAfter().isAfter(issuedAt.plus(MAX_TIME));
        if (!within) {
            throw violation("a scheme switch takes at most " + MAX_TIME.toDays() + " days");
        }
    }

    /** The first epoch of the new scheme is the one that was ordered; the rest is {@link EpochCheck}'s. */
    public static void checkFirst(Reinit reinit, EpochHeader header) {
        boolean same = header.epoch() == reinit.fromEpoch() + 1
                && header.schemeId().equals(reinit.newScheme())
                && header.rosterHash().equals(reinit.rosterHash())
                && header.policyHash().equals(reinit.policyHash());
        if (!same) {
            throw new ConflictException(ErrorCode.EPOCH_CONFLICT, "not the epoch of the scheme switch");
        }
    }

    /** True when nobody comes, goes or gets new keys. */
    public static boolean sameLeaves(SignedRoster committed, SignedRoster link) {
        return committed.roster().addedBy(link.roster()).isEmpty()
                && committed.roster().removedBy(link.roster()).isEmpty();
    }

    public static Hash hash(SignedReinit signed) {
        return Sha256.hash(signed.encoded());
    }

    private static RejectedException violation(String why) {
        return new RejectedException(ErrorCode.POLICY_VIOLATION, why);
    }
}
