// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.KeyAlgorithm;
import org.sekisho.crypto.message.MessageScope;
import org.sekisho.crypto.message.Opened;
import org.sekisho.crypto.message.SenderContext;
import org.sekisho.crypto.pre.EpochScalar;
import org.sekisho.crypto.pre.JoinSecret;
import org.sekisho.crypto.pre.ReEncryptionToken;
import org.sekisho.crypto.schedule.AuthRoot;
import org.sekisho.crypto.schedule.ConfirmKey;
import org.sekisho.crypto.schedule.EpochSecret;
import org.sekisho.crypto.schedule.EpochSecrets;
import org.sekisho.crypto.schedule.ExporterSecret;
import org.sekisho.crypto.schedule.LiveSecrets;
import org.sekisho.crypto.schedule.PreRoot;
import org.sekisho.crypto.schedule.ReinitRoot;
import org.sekisho.crypto.schedule.SchemeSecret;
import org.sekisho.crypto.schedule.SenderKey;
import org.sekisho.crypto.schedule.SenderRoot;
import org.sekisho.crypto.schedule.SseRoot;
import org.sekisho.crypto.schedule.StoreSecrets;
import org.sekisho.crypto.store.StoreSealer;

/** No object that holds a secret shows it in its text, in any usual notation. */
class SecretLeakTest {

    private static final byte[] BYTES = Samples.counting(0xa1, 32);

    static Stream<Object> holders() {
        var scope = new MessageScope(GroupId.of(new byte[16]), 1, Hash.of(new byte[32]));
        var leaf = LeafId.of(new byte[32]);
        var live = new LiveSecrets(
                new ConfirmKey(secret()),
                new ExporterSecret(secret()),
                new SenderRoot(secret()),
                new AuthRoot(secret()),
                new ReinitRoot(secret()));
        var store = new StoreSecrets(new PreRoot(secret()), new SseRoot(secret()));
        var signer = SigningKey.of(secret());
        return Stream.of(
                secret(),
                new SchemeSecret(secret()),
                new EpochSecret(secret()),
                live.confirm(),
                live.exporter(),
                live.sender(),
                live.auth(),
                live.reinit(),
                live,
                store.pre(),
                store.sse(),
                store,
                new EpochSecrets(live, store),
                new SenderKey(secret()),
                signer,
                HpkePrivateKey.of(secret()),
                JoinSecret.of(secret()),
                EpochScalar.derive(new PreRoot(secret()), scope.group(), 1, Optional.of(JoinSecret.of(secret()))),
                ReEncryptionToken.received(secretScalar()),
                new NaxosRandom(secret()),
                new StoreSealer(secret(), new SystemEntropy()),
                new SenderContext(scope, leaf, live.sender(), signer::sign, Aead.AES_256_GCM, new SystemEntropy()),
                new Opened(leaf, Octets.of(new byte[16]), 0, "text/plain", Octets.of(BYTES)),
                CertificateAuthority.create(
                                "CA",
                                KeyAlgorithm.ED25519,
                                Instant.EPOCH,
                                Duration.ofDays(1),
                                Samples.scripted(BYTES, new byte[16]))
                        .credential());
    }

    @ParameterizedTest
    @MethodSource("holders")
    void textHoldsNoSecret(Object holder) {
        String text = holder.toString().toLowerCase(Locale.ROOT);
        String base64 = Base64.getEncoder().encodeToString(BYTES).toLowerCase(Locale.ROOT);

        assertThat(text)
                .doesNotContain("a1a2a3")
                .doesNotContain("-95, -94, -93")
                .doesNotContain("161, 162, 163")
                .doesNotContain(base64.substring(0, 10))
                .doesNotContain(base64.replace('+', '-').replace('/', '_').substring(0, 10));
    }

    /** Below the order. */
    private static SecretBytes secretScalar() {
        byte[] scalar = BYTES.clone();
        scalar[31] = 1;
        return SecretBytes.take(scalar);
    }

    private static SecretBytes secret() {
        return SecretBytes.copyOf(BYTES);
    }
}
