// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.codec.MalformedException;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.CertificateRejectedException;
import org.sekisho.crypto.identity.CertificateRequest;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.KeyAlgorithm;
import org.sekisho.crypto.message.MessageFrame;
import org.sekisho.crypto.message.MessageWindow;
import org.sekisho.crypto.schedule.LiveSecrets;
import org.sekisho.crypto.schedule.StoreSecrets;

/**
 * Every decoder of this bundle answers any input with its declared error. Each build runs seeded mutations of valid
 * input ({@code -Dsekisho.seed=N} repeats a run); {@code JAZZER_FUZZ=1} searches without end.
 */
class DecoderFuzzTest {

    private static final long SEED = Long.getLong("sekisho.seed", new SplittableRandom().nextLong());
    private static final int MUTATIONS = 50_000;
    private static final int CERTIFICATE_MUTATIONS = 5_000;

    @FuzzTest(maxDuration = "10m")
    void anyInput(byte[] input) {
        Octets octets = Octets.of(input);
        frame(octets);
        window(octets);
        secrets(octets);
        request(octets);
        certificate(octets);
        revocationList(octets);
    }

    @Test
    void mutatedFrames() {
        mutate(MUTATIONS, Samples.frozen("message.aes"), DecoderFuzzTest::frame);
    }

    @Test
    void mutatedWindows() {
        var window = new MessageWindow();
        for (int seq = 0; seq < 2_000; seq += 3) {
            window.admit(Samples.octets(seq % 3, 16), seq);
        }
        mutate(MUTATIONS, window.encode(), DecoderFuzzTest::window);
    }

    @Test
    void mutatedRequestsCertificatesAndLists() {
        Instant now = Instant.parse("2026-11-21T12:00:00Z");
        var entropy = new SystemEntropy();
        KeyPair keys = KeyAlgorithm.ED25519.generate(entropy);
        var name = Certificates.commonName("Alice");
        var authority = CertificateAuthority.create("CA", KeyAlgorithm.P256, now, Duration.ofDays(2), entropy);
        var issued = authority.issueClient(keys.getPublic(), name, List.of("urn:a:b"), now, Duration.ofDays(1));

        mutate(CERTIFICATE_MUTATIONS, CertificateRequest.build(keys, name), DecoderFuzzTest::request);
        mutate(CERTIFICATE_MUTATIONS, Certificates.encoded(issued), DecoderFuzzTest::certificate);
        mutate(CERTIFICATE_MUTATIONS, list(authority, now), DecoderFuzzTest::revocationList);
    }

    private static Octets list(CertificateAuthority authority, Instant now) {
        try {
            return Octets.of(authority
                    .revocationList(List.of(), 1, now, Duration.ofDays(1))
                    .getEncoded());
        } catch (java.security.cert.CRLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void mutate(int times, Octets valid, Consumer<Octets> decoder) {
        var random = new SplittableRandom(SEED);
        for (int i = 0; i < times; i++) {
            byte[] input = valid.toByteArray();
            for (int n = random.nextInt(1, 5); n > 0; n--) {
                input[random.nextInt(input.length)] = (byte) random.nextInt(256);
            }
            Octets octets =
                    random.nextInt(8) == 0 ? Octets.of(input).slice(0, random.nextInt(input.length)) : Octets.of(input);
            try {
                decoder.accept(octets);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + SEED + ", input " + octets.hex(), e);
            }
        }
    }

    private static void frame(Octets input) {
        try {
            assertThat(MessageFrame.decode(input).encode()).isEqualTo(input);
        } catch (MalformedException e) {
            assertThat(e).hasNoCause();
        }
    }

    private static void window(Octets input) {
        try {
            MessageWindow.decode(input);
        } catch (MalformedException e) {
            assertThat(e).hasNoCause();
        }
    }

    private static void secrets(Octets input) {
        try (SecretBytes secret = SecretBytes.take(input.toByteArray())) {
            LiveSecrets.decode(secret);
            StoreSecrets.decode(secret);
        } catch (MalformedException e) {
            assertThat(e).hasNoCause();
        }
    }

    private static void request(Octets input) {
        try {
            CertificateRequest.parse(input);
        } catch (CertificateRejectedException e) {
            assertThat(e).hasNoCause();
        }
    }

    private static void certificate(Octets input) {
        try {
            Certificates.encoded(Certificates.parse(input));
            Certificates.parseAll(input);
        } catch (CertificateRejectedException e) {
            assertThat(e).hasNoCause();
        }
    }

    private static void revocationList(Octets input) {
        try {
            Certificates.parseRevocationList(input);
        } catch (CertificateRejectedException e) {
            assertThat(e).hasNoCause();
        }
    }
}
