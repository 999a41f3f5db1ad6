// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.testkit.scheme;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.scheme.Role;
import org.sekisho.api.scheme.Step;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.Hpke;
import org.sekisho.crypto.HpkePrivateKey;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.schedule.KeySchedule;
import org.sekisho.crypto.schedule.SchemeSecret;

/** What one instance of a scheme has: its keys, its state in memory, and the rosters and epoch it is told. One thread. */
public abstract class BareCtx implements Ctx {

    /** Empty for the server. */
    public final Optional<LeafId> leaf;

    public final SigningKey idKey;
    public final HpkePrivateKey hpkeKey;

    public Octets head = Octets.EMPTY;
    public final TreeMap<String, Octets> parts = new TreeMap<>();
    public @Nullable SignedRoster committed;
    public Optional<SignedRoster> proposal = Optional.empty();
    public Optional<EpochView> epoch = Optional.empty();

    /** An instance with keys drawn from {@code keys}. */
    protected BareCtx(Optional<LeafId> leaf, Entropy keys) {
        this.leaf = leaf;
        this.idKey = SigningKey.generate(keys);
        this.hpkeKey = HpkePrivateKey.generate(keys);
    }

    public final LeafId id() {
        return leaf.orElseThrow();
    }

    public final Party party() {
        return leaf.<Party>map(Party.Member::new).orElse(Party.SERVER);
    }

    /** Keeps the state that a step leaves behind. */
    protected final void keep(Step.Next next) {
        head = next.head();
        for (Step.Part part : next.parts()) {
            part.value().ifPresentOrElse(v -> parts.put(part.key(), v), () -> parts.remove(part.key()));
        }
    }

    @Override
    public final Role role() {
        return leaf.isPresent() ? Role.MEMBER : Role.SERVER;
    }

    @Override
    public final Optional<LeafId> self() {
        return leaf;
    }

    @Override
    public final SignedRoster roster() {
        return committed;
    }

    @Override
    public final Optional<SignedRoster> proposal() {
        return proposal;
    }

    @Override
    public final Optional<EpochView> epoch() {
        return epoch;
    }

    @Override
    public final Optional<Octets> part(String key) {
        return Optional.ofNullable(parts.get(key));
    }

    @Override
    public final List<String> partKeys(String prefix, String after, int limit) {
        return parts.tailMap(after.isEmpty() ? prefix : after, after.isEmpty()).keySet().stream()
                .takeWhile(k -> k.startsWith(prefix))
                .limit(limit)
                .toList();
    }

    @Override
    public final Optional<SecretBytes> open(String label, Octets context, Octets sealed) {
        try {
            return Optional.of(Hpke.open(hpkeKey, label, context, sealed));
        } catch (AuthenticationFailedException e) {
            return Optional.empty();
        }
    }

    @Override
    public final Octets sign(String label, Octets bytes) {
        return idKey.sign(label, bytes);
    }

    @Override
    public final Hash hash(EpochHeader header) {
        return Sha256.hash(EpochCodec.encode(header));
    }

    @Override
    public final Octets confirmTag(EpochHeader header, SecretBytes schemeSecret) {
        try (SchemeSecret secret = new SchemeSecret(schemeSecret.duplicate())) {
            return KeySchedule.confirmTag(hash(header), secret);
        }
    }
}
