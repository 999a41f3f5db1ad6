// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;

/**
 * SEAL of the protocols: HPKE base mode (RFC 9180) with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM, info
 * {@code CBOR["sekisho1", label, context]}, empty associated data, wire {@code enc(32) || ct}.
 *
 * <p>Guarantees: only the holder of the private key opens, and only under the same label and context. Does not
 * guarantee who sealed: protocols sign what they seal. One context seals exactly once. All randomness is the entropy
 * that is passed in, so a recorded run can be repeated (protocol note R30).
 */
public final class Hpke {

    /** Most bytes in one seal: keys and small documents, never message bodies. */
    public static final int MAX_PLAINTEXT = 1 << 16;

    /** What a seal is longer than its plaintext, in bytes. */
    public static final int OVERHEAD = HpkePublicKey.SIZE + Aead.TAG_SIZE;

    private static final byte[] NO_ASSOCIATED_DATA = new byte[0];

    private Hpke() {}

    /** Seals {@code plaintext}; {@code context} is an encoded CBOR array. */
    public static Octets seal(HpkePublicKey to, String label, Octets context, SecretBytes plaintext, Entropy entropy) {
        if (plaintext.size() > MAX_PLAINTEXT) {
            throw new IllegalArgumentException("more than " + MAX_PLAINTEXT + " bytes to seal");
        }
        var ephemeral = new X25519PrivateKeyParameters(entropy.next(X25519.KEY_SIZE));
        byte[] info = info(label, context);
        return plaintext.use(p -> seal(HPKE.aead_AES_GCM256, to, info, NO_ASSOCIATED_DATA, p, ephemeral));
    }

    /** Opens what {@link #seal} made for the same key, label and context. */
    public static SecretBytes open(HpkePrivateKey key, String label, Octets context, Octets sealed) {
        if (sealed.size() < OVERHEAD || sealed.size() > MAX_PLAINTEXT + OVERHEAD) {
            throw new AuthenticationFailedException();
        }
        byte[] info = info(label, context);
        return SecretBytes.take(open(HPKE.aead_AES_GCM256, key, info, NO_ASSOCIATED_DATA, sealed));
    }

    static Octets seal(
            short aead,
            HpkePublicKey to,
            byte[] info,
            byte[] associatedData,
            byte[] plaintext,
            X25519PrivateKeyParameters ephemeral) {
        var recipient = new X25519PublicKeyParameters(to.bytes().toByteArray());
        var pair = new AsymmetricCipherKeyPair(ephemeral.generatePublicKey(), ephemeral);
        try {
            var context = suite(aead).setupBaseS(recipient, info, pair);
            Octets enc = Octets.of(context.getEncapsulation());
            return Octets.concat(enc, Octets.of(context.seal(associatedData, plaintext)));
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException("HPKE key of small order");
        } catch (InvalidCipherTextException e) {
            throw new CryptoBugException(e);
        }
    }

    static byte[] open(short aead, HpkePrivateKey key, byte[] info, byte[] associatedData, Octets sealed) {
        byte[] enc = sealed.slice(0, HpkePublicKey.SIZE).toByteArray();
        byte[] ciphertext = sealed.slice(HpkePublicKey.SIZE, sealed.size()).toByteArray();
        try {
            return suite(aead).setupBaseR(enc, pair(key), info).open(associatedData, ciphertext);
        } catch (InvalidCipherTextException | IllegalStateException | IllegalArgumentException e) {
            // IllegalState and IllegalArgument: the encapsulated point is of small order.
            throw new AuthenticationFailedException();
        }
    }

    private static HPKE suite(short aead) {
        return new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, aead);
    }

    private static AsymmetricCipherKeyPair pair(HpkePrivateKey key) {
        return new AsymmetricCipherKeyPair(
                new X25519PublicKeyParameters(key.publicKey().bytes().toByteArray()),
                key.scalar().<X25519PrivateKeyParameters>use(X25519PrivateKeyParameters::new));
    }

    private static byte[] info(String label, Octets context) {
        if (new CborReader(context).peek() != CborReader.Kind.ARRAY) {
            throw new IllegalArgumentException("a context is an encoded array");
        }
        return new CborWriter()
                .array(3)
                .text(LabelledMessage.PREFIX)
                .text(label)
                .item(context)
                .toByteArray();
    }
}
