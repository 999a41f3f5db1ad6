// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.codec.Cbor;
import org.sekisho.crypto.Aead;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.ConstantTime;
import org.sekisho.crypto.Kdf;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.X25519;

/**
 * The equations of the scheme, each once, all inputs explicit (docs/protocols/0035 section 3). Pure. The caller closes what it is
 * given. JOIN, LEAVE and UPDATE are a reconstruction of the published protocol: what differs from it is corrected here and
 * nowhere else.
 */
public final class KeyEquations {

    public static final String SCHEME_ID = "key-derivation";

    /** Length of every secret, in octets. */
    public static final int SIZE = 32;

    /** Length of rho, in octets. */
    public static final int RHO_SIZE = 64;

    /** Labels of SEAL. */
    public static final String SEAL_K1 = "dmkd K1";

    public static final String SEAL_WELCOME_USER = "dmkd welcome u";
    public static final String SEAL_WELCOME_SERVER = "dmkd welcome s";

    private static final Octets NO_NONCE = Octets.of(new byte[Aead.NONCE_SIZE]);

    private KeyEquations() {}

    /** 3.2 while there is no ring. */
    public static Hash noRing() {
        return Sha256.hashArray("dmkd ring", (Object) null);
    }

    /** 3.2 after the attempt {@code ctxHash} was committed, if it was no UPDATE. */
    public static Hash ring(Hash ctxHash) {
        return Sha256.hashArray("dmkd ring", ctxHash);
    }

    /** 3.3. */
    public static RoundSecrets roundSecrets(SecretBytes st, SecretBytes rho, Hash ctxHash) {
        try (SecretBytes prk = Kdf.extract(st, rho)) {
            return new RoundSecrets(
                    Kdf.derive(prk, "dmkd r", SIZE, ctxHash),
                    Kdf.derive(prk, "dmkd k", SIZE, ctxHash),
                    Kdf.derive(prk, "dmkd s", SIZE, ctxHash));
        }
    }

    /** 3.3: c. */
    public static Hash commitment(Hash ctxHash, LeafId leaf, SecretBytes k, SecretBytes s) {
        return k.use(kk -> s.use(ss -> Sha256.hashArray("dmkd commit", ctxHash, leaf, kk, ss)));
    }

    /** 3.5; in the order of the active leaves. */
    public static Hash sid(Hash ctxHash, List<Commitment> commitments) {
        List<Object> entries = new ArrayList<>(commitments.size());
        for (Commitment d1 : commitments) {
            List<@Nullable Object> entry = new ArrayList<>(3);
            entry.add(d1.leaf());
            entry.add(d1.point().orElse(null));
            entry.add(d1.commitment());
            entries.add(entry);
        }
        return Sha256.hashArray("dmkd sid", ctxHash, entries);
    }

    /** 3.5 for UPDATE and a ring of one. */
    public static Hash sid(Hash ctxHash) {
        return Sha256.hashArray("dmkd sid", ctxHash);
    }

    /** 3.6: E of edge {@code i}; {@code x} is what its two ends share. */
    public static SecretBytes edge(SecretBytes x, Hash ctxHash, Hash sid, int i, LeafId left, LeafId right) {
        return Kdf.derive(x, "dmkd edge", SIZE, ctxHash, sid, i, left, right);
    }

    /** 3.6: DH. */
    public static SecretBytes agree(SecretBytes scalar, Octets point) {
        return X25519.agree(scalar, point);
    }

    /** 3.6: rV, which every member of the present epoch can derive. */
    public static SecretBytes virtualScalar(SecretBytes rs, Hash ctxHash) {
        return Kdf.derive(rs, "dmkd virt", SIZE, ctxHash);
    }

    /** 3.7: the sum of two edges, and whatever else is summed. */
    public static Octets xor(Octets a, Octets b) {
        byte[] sum = a.toByteArray();
        byte[] other = b.toByteArray();
        for (int i = 0; i < sum.length; i++) {
            sum[i] ^= other[i];
        }
        return Octets.of(sum);
    }

    /** 3.7: a secret and a public summand. */
    public static SecretBytes xor(SecretBytes a, Octets b) {
        byte[] sum = a.expose();
        byte[] other = b.toByteArray();
        for (int i = 0; i < sum.length; i++) {
            sum[i] ^= other[i];
        }
        return SecretBytes.take(sum);
    }

    /** 3.7: T. */
    public static Octets sum(SecretBytes left, SecretBytes right) {
        return left.use(l -> right.use(r -> xor(Octets.of(l), Octets.of(r))));
    }

    /** 3.8. */
    public static Octets mask(
            SecretBytes k1l, Hash ctxHash, Hash sid, LeafId representative, SecretBytes k, SecretBytes s) {
        try (SecretBytes key = Kdf.derive(k1l, "dmkd mask", SIZE, ctxHash, sid);
                SecretBytes both = concat(k, s)) {
            Octets aad = Octets.concat(sid.value(), representative.value());
            return both.use(p -> Octets.of(Aead.AES_256_GCM.seal(key, NO_NONCE, aad, p)));
        }
    }

    /** 3.8: k and s of the representative, in this order; empty when the mask does not open. */
    public static Optional<SecretBytes> openMask(
            SecretBytes k1l, Hash ctxHash, Hash sid, LeafId representative, Octets mask) {
        try (SecretBytes key = Kdf.derive(k1l, "dmkd mask", SIZE, ctxHash, sid)) {
            Octets aad = Octets.concat(sid.value(), representative.value());
            byte[] plain = Aead.AES_256_GCM.open(key, NO_NONCE, aad, mask.toByteArray());
            return Optional.of(SecretBytes.take(plain));
        } catch (AuthenticationFailedException wrong) {
            return Optional.empty();
        }
    }

    /** Whether {@code k||s} opens {@code commitment}. */
    public static boolean opens(Hash commitment, Hash ctxHash, LeafId leaf, SecretBytes kAndS) {
        try (SecretBytes k = part(kAndS, 0);
                SecretBytes s = part(kAndS, SIZE)) {
            return ConstantTime.equal(commitment(ctxHash, leaf, k, s).value(), commitment.value());
        }
    }

    /** 32 octets of {@code secret} from {@code at}. */
    public static SecretBytes part(SecretBytes secret, int at) {
        return secret.use(b -> SecretBytes.take(Arrays.copyOfRange(b, at, at + SIZE)));
    }

    /** 3.10: what K1 is sealed for. */
    public static Octets sealContext(Hash ctxHash, Hash sid, LeafId leaf) {
        return Cbor.encode(ctxHash, sid, leaf);
    }

    /** 3.11: K2 of DIST, JOIN and LEAVE; {@code k0} is the representative's. */
    public static SecretBytes memberPart(Hash ctxHash, Hash sid, Octets kPrime, SecretBytes k0, SecretBytes k1l) {
        Hash salt = Sha256.hashArray("dmkd K2", ctxHash, sid);
        try (SecretBytes sum = xor(k0, kPrime);
                SecretBytes input = concat(sum, k1l)) {
            return Kdf.extract(salt.value(), input);
        }
    }

    /** 3.11: K2 of UPDATE. */
    public static SecretBytes updatePart(SecretBytes rs, Hash ctxHash) {
        return Kdf.derive(rs, "dmkd update", SIZE, ctxHash);
    }

    /** 3.11: {@code EXT(K1, K2)}. */
    public static SecretBytes schemeSecret(SecretBytes k1, SecretBytes k2) {
        return Kdf.extract(k1, k2);
    }

    /** 3.11: the scheme secret of a leaf that is alone. */
    public static SecretBytes solo(SecretBytes st, SecretBytes rho, Hash ctxHash) {
        try (SecretBytes prk = Kdf.extract(st, rho)) {
            return Kdf.derive(prk, "dmkd solo", SIZE, ctxHash);
        }
    }

    /** 3.12. */
    public static Hash transcript(Hash ctxHash, Hash sid, Optional<Octets> kPrime, Optional<Hash> maskHash) {
        return Sha256.hashArray("dmkd", ctxHash, sid, kPrime, maskHash);
    }

    /** 3.13: rs'. */
    public static SecretBytes state(SecretBytes schemeSecret, Hash headerHash) {
        return Kdf.derive(schemeSecret, "dmkd state", SIZE, headerHash);
    }

    /** 3.13: how a fresh edge is kept. */
    public static SecretBytes freshEdge(SecretBytes x, Hash headerHash, LeafId left, LeafId right) {
        return Kdf.derive(x, "dmkd H", SIZE, headerHash, left, right);
    }

    /** 3.13: how an old edge is kept. */
    public static SecretBytes ratchet(SecretBytes h, Hash headerHash) {
        return Kdf.derive(h, "dmkd edge ratchet", SIZE, headerHash);
    }

    /** 3.14. */
    public static Octets leafTag(SecretBytes schemeSecret, Hash headerHash, LeafId leaf) {
        try (SecretBytes tag = Kdf.derive(schemeSecret, "dmkd confirm", SIZE, headerHash, leaf)) {
            return tag.use(Octets::of);
        }
    }

    /** 3.15: what both parts of a Welcome are sealed for. */
    public static Octets welcomeContext(Hash headerHash, LeafId leaf, Hash prekeyHash) {
        return Cbor.encode(headerHash, leaf, prekeyHash);
    }

    private static SecretBytes concat(SecretBytes a, SecretBytes b) {
        return a.use(x -> b.use(y -> {
            byte[] both = Arrays.copyOf(x, x.length + y.length);
            System.arraycopy(y, 0, both, x.length, y.length);
            return SecretBytes.take(both);
        }));
    }
}
