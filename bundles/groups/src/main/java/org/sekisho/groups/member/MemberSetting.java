// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.api.scheme.Ctx.Takeover;
import org.sekisho.api.store.RowTx;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.Hpke;
import org.sekisho.crypto.schedule.KeySchedule;
import org.sekisho.crypto.schedule.SchemeSecret;
import org.sekisho.groups.chain.GroupHashes;
import org.sekisho.groups.engine.Setting;

/** A group as its member's scheme sees it. */
record MemberSetting(
        MemberIdentity identity, RowTx tx, GroupState state, Optional<Takeover> takeover, SwitchKey switchKey)
        implements Setting {

    @Override
    public GroupId group() {
        return new GroupId(tx.scope());
    }

    @Override
    public Octets groupNonce() {
        return state.nonce();
    }

    @Override
    public Optional<LeafId> self() {
        return Optional.of(identity.leaf());
    }

    @Override
    public Policy policy() {
        return ChainRows.policy(tx, state.policyHash());
    }

    @Override
    public SignedRoster roster() {
        return ChainRows.roster(tx, state.rosterHash());
    }

    @Override
    public Optional<SignedRoster> proposal() {
        return state.proposals().isEmpty() ? Optional.empty() : Optional.of(ChainRows.roster(tx, state.newestRoster()));
    }

    @Override
    public Optional<EpochView> epoch() {
        return ChainRows.epoch(state);
    }

    @Override
    public Optional<SecretBytes> open(String label, Octets context, Octets sealed) {
        try {
            return Optional.of(Hpke.open(identity.hpke(), label, context, sealed));
        } catch (AuthenticationFailedException e) {
            return Optional.empty();
        }
    }

    @Override
    public Octets sign(String label, Octets bytes) {
        return identity.signing().sign(label, bytes);
    }

    @Override
    public Hash hash(EpochHeader header) {
        return GroupHashes.of(header);
    }

    @Override
    public Octets confirmTag(EpochHeader header, SecretBytes schemeSecret) {
        try (SchemeSecret secret = switchKey.bind(tx, header, new SchemeSecret(schemeSecret.duplicate()))) {
            return KeySchedule.confirmTag(GroupHashes.of(header), secret);
        }
    }
}
