// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

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
import org.sekisho.crypto.schedule.KeySchedule;
import org.sekisho.crypto.schedule.SchemeSecret;
import org.sekisho.groups.chain.GroupHashes;
import org.sekisho.groups.engine.Setting;

/** A group as the server instance may see it. */
record ServerSetting(GroupState state, ServerVoice voice, Optional<Takeover> takeover) implements Setting {

    @Override
    public GroupId group() {
        return state.group();
    }

    @Override
    public Octets groupNonce() {
        return state.record().nonce();
    }

    @Override
    public Optional<LeafId> self() {
        return Optional.empty();
    }

    @Override
    public Policy policy() {
        return state.policy();
    }

    @Override
    public SignedRoster roster() {
        return state.committed();
    }

    @Override
    public Optional<SignedRoster> proposal() {
        return state.proposal();
    }

    @Override
    public Optional<EpochView> epoch() {
        return state.record().epoch();
    }

    /** The server has no sealing key. */
    @Override
    public Optional<SecretBytes> open(String label, Octets context, Octets sealed) {
        return Optional.empty();
    }

    @Override
    public Octets sign(String label, Octets bytes) {
        return voice.sign(label, bytes);
    }

    @Override
    public Hash hash(EpochHeader header) {
        return GroupHashes.of(header);
    }

    @Override
    public Octets confirmTag(EpochHeader header, SecretBytes schemeSecret) {
        return KeySchedule.confirmTag(GroupHashes.of(header), new SchemeSecret(schemeSecret));
    }
}
