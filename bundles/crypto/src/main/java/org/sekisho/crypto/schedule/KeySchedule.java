// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.schedule;

import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.codec.CborWriter;
import org.sekisho.crypto.ConstantTime;
import org.sekisho.crypto.HmacSha256;
import org.sekisho.crypto.Kdf;
import org.sekisho.crypto.Sha256;

/**
 * The key schedule of an epoch, the same for every scheme.
 *
 * <pre>
 * epoch_secret = EXT(headerHash, scheme_secret)
 * confirm_key, exporter, pre, sse, sender, auth, reinit = KDF(epoch_secret, that name, [], 32)
 * confirmTag = HMAC(confirm_key, headerHash)
 * </pre>
 *
 * <p>Guarantees: the secrets are independent of each other; {@link #derive} erases what it derived them from (protocol
 * note F20). Applications reach only labels under {@code app/}, bundles of Sekisho only those under {@code int/}.
 *
 * <p>Pure; safe for many threads.
 */
public final class KeySchedule {

    private static final int MAX_LABEL = 64;

    private KeySchedule() {}

    /** Derives the secrets of the epoch whose header hashes to {@code headerHash}, and erases {@code schemeSecret}. */
    public static EpochSecrets derive(Hash headerHash, SchemeSecret schemeSecret) {
        try (schemeSecret;
                EpochSecret epoch = epochSecret(headerHash, schemeSecret)) {
            return new EpochSecrets(
                    new LiveSecrets(
                            confirmKey(epoch),
                            new ExporterSecret(derive(epoch, "exporter")),
                            new SenderRoot(derive(epoch, "sender")),
                            new AuthRoot(derive(epoch, "auth")),
                            new ReinitRoot(derive(epoch, "reinit"))),
                    new StoreSecrets(new PreRoot(derive(epoch, "pre")), new SseRoot(derive(epoch, "sse"))));
        }
    }

    /** The tag that a scheme puts into its messages before the epoch is installed. Leaves {@code schemeSecret} open. */
    public static Octets confirmTag(Hash headerHash, SchemeSecret schemeSecret) {
        try (EpochSecret epoch = epochSecret(headerHash, schemeSecret);
                ConfirmKey key = confirmKey(epoch)) {
            return confirmTag(headerHash, key);
        }
    }

    /** {@code HMAC(confirm_key, headerHash)}: the same for every member, part of the epoch's hash. */
    public static Octets confirmTag(Hash headerHash, ConfirmKey key) {
        return HmacSha256.tag(key.bytes(), headerHash.value());
    }

    /** {@code HMAC(confirm_key, headerHash || leafId)}: only this leaf says it, nobody can echo it (protocol note F28). */
    public static Octets leafConfirmTag(Hash headerHash, LeafId leaf, ConfirmKey key) {
        return HmacSha256.tag(key.bytes(), Octets.concat(headerHash.value(), leaf.value()));
    }

    /** Whether {@code tag} is the epoch's; compared in constant time. */
    public static boolean confirms(Hash headerHash, ConfirmKey key, Octets tag) {
        return ConstantTime.equal(confirmTag(headerHash, key), tag);
    }

    /** Whether {@code tag} is this leaf's; compared in constant time. */
    public static boolean leafConfirms(Hash headerHash, LeafId leaf, ConfirmKey key, Octets tag) {
        return ConstantTime.equal(leafConfirmTag(headerHash, leaf, key), tag);
    }

    /** {@code H(CBOR["epoch", header, confirmTag])}; {@code header} is its encoded array, embedded as it is (F8). */
    public static Hash epochHash(Octets header, Octets confirmTag) {
        var input = new CborWriter().array(3).text("epoch").item(header).bytes(confirmTag);
        return Sha256.hash(input.toByteArray());
    }

    /** A secret for an application. {@code context} is an encoded array; label at most 64 characters. */
    public static SecretBytes export(ExporterSecret exporter, String label, Octets context, int n) {
        return Kdf.derive(exporter.bytes(), "app/" + requireLabel(label), context, n);
    }

    /** A secret for a bundle of Sekisho; never offered to applications. */
    public static SecretBytes internal(ExporterSecret exporter, String label, Octets context, int n) {
        return Kdf.derive(exporter.bytes(), "int/" + requireLabel(label), context, n);
    }

    /**
     * The key by which a new scheme's first epoch continues the present one (protocol note F19):
     * {@code KDF(reinit root, "reinit psk", [reinitId, newSchemeId, H(Reinit)], 32)}. Derived from a root of its own,
     * since the epoch secret itself is gone when a switch is asked for.
     */
    public static SecretBytes reinitPsk(ReinitRoot root, Octets reinitId, String newSchemeId, Hash reinitHash) {
        return Kdf.derive(root.bytes(), "reinit psk", 32, reinitId, newSchemeId, reinitHash);
    }

    /** {@code EXT(psk, scheme_secret)}: the secret to be used in place of the new scheme's own. Erases neither. */
    public static SchemeSecret withPsk(SecretBytes psk, SchemeSecret schemeSecret) {
        return new SchemeSecret(Kdf.extract(psk, schemeSecret.bytes()));
    }

    /**
     * {@code H(CBOR["reinit transcript", H(Reinit), transcript])}: what the header of a new scheme's first epoch carries in place
     * of the scheme's own transcript hash, so that the order to switch is part of everything derived (protocol note F19).
     */
    public static Hash switchTranscript(Hash reinit, Hash transcript) {
        return Sha256.hashArray("reinit transcript", reinit, transcript);
    }

    /** {@code KDF(sender_root, "snd", [leafId, incarnation], 32)}. */
    public static SenderKey senderKey(SenderRoot root, LeafId leaf, Octets incarnation) {
        return new SenderKey(Kdf.derive(root.bytes(), "snd", 32, leaf, incarnation));
    }

    private static EpochSecret epochSecret(Hash headerHash, SchemeSecret schemeSecret) {
        return new EpochSecret(Kdf.extract(headerHash.value(), schemeSecret.bytes()));
    }

    private static ConfirmKey confirmKey(EpochSecret epoch) {
        return new ConfirmKey(derive(epoch, "confirm"));
    }

    private static SecretBytes derive(EpochSecret epoch, String label) {
        return Kdf.derive(epoch.bytes(), label, DerivedSecret.SIZE);
    }

    private static String requireLabel(String label) {
        if (label.isEmpty() || label.length() > MAX_LABEL) {
            throw new IllegalArgumentException("a label has 1 to " + MAX_LABEL + " characters");
        }
        return label;
    }
}
