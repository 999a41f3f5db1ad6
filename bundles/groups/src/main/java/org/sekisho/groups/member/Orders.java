// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.sekisho.api.ConflictException;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Reinit;
import org.sekisho.api.group.SignedPolicy;
import org.sekisho.api.group.SignedReinit;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.groups.SchemeSwitches;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.api.scheme.SchemeDescriptor;
import org.sekisho.api.store.RowTx;
import org.sekisho.codec.group.PolicyCodec;
import org.sekisho.codec.group.ReinitCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.groups.chain.GroupHashes;
import org.sekisho.groups.chain.PolicyCheck;
import org.sekisho.groups.chain.SwitchCheck;

/** What an administrator orders for all: a newer policy, another scheme. It is checked here as everybody will check it. */
final class Orders {

    private final MemberParts parts;

    Orders(MemberParts parts) {
        this.parts = parts;
    }

    /** Signs a policy and sends it to everyone. Gives its hash, which a roster must name before it is in force. */
    Hash policy(GroupId group, Policy policy) {
        return parts.rows().transact(group.value(), tx -> {
            GroupState state = ChainRows.state(tx);
            requireAdmin(tx, state);
            Octets encoded = PolicyCodec.encode(policy);
            SignedPolicy signed =
                    new SignedPolicy(policy, encoded, parts.self().signing().sign(Membership.POLICY_LABEL, encoded));
            PolicyCheck.checkStep(ChainRows.policy(tx, state.policyHash()), signed);
            PolicyCheck.checkBlind(
                    policy, state.header().map(EpochHeader::schemeId).flatMap(parts.schemes()::scheme));
            parts.envelopes()
                    .send(tx, group, Party.EVERYONE, EnvelopeIntake.POLICY, PolicyCodec.encode(signed), Map.of());
            return GroupHashes.of(signed);
        });
    }

    /** Orders the move to another scheme. Gives H(Reinit). */
    Hash switchScheme(GroupId group, String newScheme, Octets params, Duration within) {
        return parts.rows().transact(group.value(), tx -> {
            GroupState state = ChainRows.state(tx);
            requireAdmin(tx, state);
            if (MemberSwitch.isPending(tx)) {
                throw new ConflictException(ErrorCode.SWITCH_PENDING, "a scheme switch is pending");
            }
            EpochView epoch = ChainRows.epoch(state)
                    .orElseThrow(() -> new ConflictException(ErrorCode.EPOCH_UNAVAILABLE, "no epoch yet"));
            SchemeDescriptor scheme = parts.schemes()
                    .scheme(newScheme)
                    .map(GroupKeyScheme::descriptor)
                    .orElseThrow(() -> new RejectedException(
                            ErrorCode.UNKNOWN_SCHEME, "this program does not have scheme " + newScheme));
            if (scheme.id().equals(epoch.header().schemeId())) {
                throw new ConflictException(ErrorCode.ALREADY_EXISTS, "the group runs this scheme");
            }
            SignedReinit signed = sign(tx, state, epoch, scheme, params, within);
            parts.envelopes()
                    .send(tx, group, Party.EVERYONE, SchemeSwitches.REINIT, ReinitCodec.encode(signed), Map.of());
            return SwitchCheck.hash(signed);
        });
    }

    private SignedReinit sign(
            RowTx tx, GroupState state, EpochView epoch, SchemeDescriptor scheme, Octets params, Duration within) {
        SignedRoster committed = ChainRows.roster(tx, state.rosterHash());
        SignedRoster link = ChainRows.roster(tx, state.newestRoster());
        var reinit = new Reinit(
                epoch.header().group(),
                Octets.of(parts.entropy().next(Reinit.ID_SIZE)),
                epoch.header().epoch(),
                epoch.epochHash(),
                epoch.header().schemeId(),
                scheme.id(),
                scheme.protocol(),
                Sha256.hash(params),
                GroupHashes.of(link),
                link.roster().policyHash(),
                SwitchCheck.sameLeaves(committed, link),
                parts.clock().now().plus(within).truncatedTo(ChronoUnit.SECONDS));
        Octets encoded = ReinitCodec.encode(reinit);
        var signed = new SignedReinit(
                reinit, encoded, parts.self().leaf(), parts.self().signing().sign(SwitchCheck.LABEL, encoded), params);
        Policy named = ChainRows.policy(tx, link.roster().policyHash());
        Policy inForce = ChainRows.policy(tx, state.policyHash());
        SwitchCheck.check(signed, new SwitchCheck.Ground(epoch, committed, link, inForce, named));
        SwitchCheck.checkScheme(reinit, named, scheme);
        SwitchCheck.checkTime(reinit, parts.clock().now());
        return signed;
    }

    /** Cancels the pending switch. */
    void cancelSwitch(GroupId group) {
        parts.rows().transact(group.value(), tx -> {
            requireAdmin(tx, ChainRows.state(tx));
            MemberSwitch pending = MemberSwitch.find(tx)
                    .orElseThrow(() -> new ConflictException(ErrorCode.EPOCH_CONFLICT, "no scheme switch is pending"));
            parts.switches().cancel(tx, pending);
            return List.of();
        });
    }

    private void requireAdmin(RowTx tx, GroupState state) {
        Sealing.requireMember(state);
        Party me = new Party.Member(parts.self().leaf());
        if (!FreshView.isAdmin(ChainRows.roster(tx, state.rosterHash()), me)) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "only an administrator of the group may order this");
        }
    }
}
