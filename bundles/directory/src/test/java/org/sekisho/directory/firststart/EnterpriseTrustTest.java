// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory.firststart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLReason;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.KeyAlgorithm;
import org.sekisho.crypto.identity.Revocation;

/** Files of the trust directory that change while the gateway runs. */
class EnterpriseTrustTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final SystemEntropy ENTROPY = new SystemEntropy();
    private static final Path LISTENER = Path.of("etc/org.apache.felix.http-api.cfg");

    private final CertificateAuthority first = authority("First");
    private final CertificateAuthority second = authority("Second");

    @TempDir
    Path home;

    private Path directory;
    private EnterpriseTrust trust;

    private static CertificateAuthority authority(String name) {
        return CertificateAuthority.create(name, KeyAlgorithm.P256, NOW, Duration.ofDays(99), ENTROPY);
    }

    @BeforeEach
    void start() throws IOException {
        Path etc = home.resolve("etc");
        directory = etc.resolve("trust");
        Files.createDirectories(directory);
        root("first.cer", first);
        list("first.crl", first, 1, NOW);
        var places = new Places(etc, home.resolve("data"), etc.resolve("keys"), directory);
        var listener = new Listener(Optional.empty(), Optional.empty(), List.of("localhost"));
        trust = new FirstStart(places, listener, false, ENTROPY).run(NOW).enterprise();
    }

    private void root(String name, CertificateAuthority authority) throws IOException {
        Files.write(
                directory.resolve(name),
                Certificates.encoded(authority.certificate()).toByteArray());
    }

    private X509CRL list(String name, CertificateAuthority authority, long number, Instant at) throws IOException {
        var revoked = List.of(new Revocation(BigInteger.valueOf(number), at, CRLReason.UNSPECIFIED));
        X509CRL list = authority.revocationList(revoked, number, at, Duration.ofDays(7));
        try {
            Files.write(directory.resolve(name), list.getEncoded());
        } catch (java.security.cert.CRLException e) {
            throw new IOException(e);
        }
        return list;
    }

    private String listener() throws IOException {
        return Files.readString(home.resolve(LISTENER));
    }

    @Test
    void nothing_changes_while_no_file_does() throws Exception {
        assertThat(trust.refresh()).isFalse();
        assertThat(trust.current().roots()).containsExactly(first.certificate());
    }

    @Test
    void a_new_revocation_list_is_in_force_without_a_new_listener() throws Exception {
        String before = listener();
        X509CRL next = list("first.crl", first, 2, NOW.plusSeconds(60));
        assertThat(trust.refresh()).isTrue();
        assertThat(trust.current().revocationLists()).containsExactly(next);
        assertThat(listener()).isEqualTo(before);
    }

    @Test
    void a_new_authority_is_trusted_by_the_listener_too() throws Exception {
        String before = listener();
        root("second.cer", second);
        assertThat(trust.refresh()).isTrue();
        assertThat(trust.current().roots()).containsExactlyInAnyOrder(first.certificate(), second.certificate());
        assertThat(listener()).isNotEqualTo(before);
        assertThat(trust.refresh()).isFalse();
    }

    @Test
    void a_withdrawn_authority_is_trusted_no_longer() throws Exception {
        Files.delete(directory.resolve("first.cer"));
        Files.delete(directory.resolve("first.crl"));
        assertThat(trust.refresh()).isTrue();
        assertThat(trust.current().roots()).isEmpty();
    }

    @Test
    void a_broken_file_changes_nothing_until_it_is_mended() throws Exception {
        root("second.cer", second);
        Files.writeString(directory.resolve("half.crl"), "nonsense");
        assertThatThrownBy(trust::refresh).isInstanceOf(IOException.class).hasMessageContaining("half.crl");
        assertThatThrownBy(trust::refresh).isInstanceOf(IOException.class).hasMessageContaining("half.crl");
        assertThat(trust.current().roots()).containsExactly(first.certificate());
        Files.delete(directory.resolve("half.crl"));
        assertThat(trust.refresh()).isTrue();
        assertThat(trust.current().roots()).hasSize(2);
    }

    @Test
    void a_list_that_is_gone_or_older_stays_in_force() throws Exception {
        List<X509CRL> before = trust.current().revocationLists();
        Files.delete(directory.resolve("first.crl"));
        assertThatThrownBy(trust::refresh).hasMessageContaining("CN=First");
        list("first.crl", first, 9, NOW.minusSeconds(60));
        assertThatThrownBy(trust::refresh).hasMessageContaining("CN=First");
        assertThat(trust.current().revocationLists()).isEqualTo(before);
    }

    @Test
    void a_directory_that_is_gone_changes_nothing() throws Exception {
        Files.move(directory, home.resolve("elsewhere"));
        assertThatThrownBy(trust::refresh).hasMessageContaining("is gone");
        assertThat(trust.current().roots()).containsExactly(first.certificate());
    }
}
