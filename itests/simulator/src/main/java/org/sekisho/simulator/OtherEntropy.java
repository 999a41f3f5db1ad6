// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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

/**
 * A context whose randomness comes from elsewhere, and whose opened seals somebody looks at.
 *
 * @param opened sees what was opened; must not close it
 */
record OtherEntropy(Ctx ctx, Entropy entropy, Consumer<SecretBytes> opened) implements Ctx {

    OtherEntropy(Ctx ctx, Entropy entropy) {
        this(ctx, entropy, secret -> {});
    }

    @Override
    public GroupId group() {
        return ctx.group();
    }

    @Override
    public Octets groupNonce() {
        return ctx.groupNonce();
    }

    @Override
    public Role role() {
        return ctx.role();
    }

    @Override
    public Optional<LeafId> self() {
        return ctx.self();
    }

    @Override
    public Policy policy() {
        return ctx.policy();
    }

    @Override
    public SignedRoster roster() {
        return ctx.roster();
    }

    @Override
    public Optional<SignedRoster> proposal() {
        return ctx.proposal();
    }

    @Override
    public Optional<EpochView> epoch() {
        return ctx.epoch();
    }

    @Override
    public Optional<Takeover> takeover() {
        return ctx.takeover();
    }

    @Override
    public Instant now() {
        return ctx.now();
    }

    @Override
    public Optional<Octets> part(String key) {
        return ctx.part(key);
    }

    @Override
    public List<String> partKeys(String prefix, String after, int limit) {
        return ctx.partKeys(prefix, after, limit);
    }

    @Override
    public Optional<SecretBytes> open(String label, Octets context, Octets sealed) {
        Optional<SecretBytes> secret = ctx.open(label, context, sealed);
        secret.ifPresent(opened);
        return secret;
    }

    @Override
    public Octets sign(String label, Octets bytes) {
        return ctx.sign(label, bytes);
    }

    @Override
    public Hash hash(EpochHeader header) {
        return ctx.hash(header);
    }

    @Override
    public Octets confirmTag(EpochHeader header, SecretBytes schemeSecret) {
        return ctx.confirmTag(header, schemeSecret);
    }
}
