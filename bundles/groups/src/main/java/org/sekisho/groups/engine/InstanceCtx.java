// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.scheme.Role;
import org.sekisho.api.store.RowTx;

/** The context of one call. */
record InstanceCtx(
        Setting setting, RowTx tx, InstanceStore store, InstanceRecord instance, Instant now, Entropy entropy)
        implements Ctx {

    @Override
    public GroupId group() {
        return setting.group();
    }

    @Override
    public Octets groupNonce() {
        return setting.groupNonce();
    }

    @Override
    public Role role() {
        return instance.role();
    }

    @Override
    public Optional<LeafId> self() {
        return setting.self();
    }

    @Override
    public Policy policy() {
        return setting.policy();
    }

    @Override
    public SignedRoster roster() {
        return setting.roster();
    }

    @Override
    public Optional<SignedRoster> proposal() {
        return setting.proposal();
    }

    @Override
    public Optional<EpochView> epoch() {
        return setting.epoch();
    }

    @Override
    public Optional<Takeover> takeover() {
        return setting.takeover();
    }

    @Override
    public Optional<Octets> part(String key) {
        return store.part(tx, instance.id(), key);
    }

    @Override
    public List<String> partKeys(String prefix, String after, int limit) {
        return store.partKeys(tx, instance.id(), prefix, after, limit);
    }

    @Override
    public Optional<SecretBytes> open(String label, Octets context, Octets sealed) {
        return setting.open(label, context, sealed);
    }

    @Override
    public Octets sign(String label, Octets bytes) {
        return setting.sign(label, bytes);
    }

    @Override
    public Hash hash(EpochHeader header) {
        return setting.hash(header);
    }

    @Override
    public Octets confirmTag(EpochHeader header, SecretBytes schemeSecret) {
        return setting.confirmTag(header, schemeSecret);
    }
}
