// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sekisho.directory.Gateway.ENTROPY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.DeniedException;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.directory.firststart.FirstStart;
import org.sekisho.directory.firststart.Listener;
import org.sekisho.directory.firststart.Places;

class TrustRefreshTest {

    @TempDir
    Path home;

    @Test
    void changes_and_refusals_are_recorded_once() throws IOException {
        Path trust = Files.createDirectories(home.resolve("etc/trust"));
        var places = new Places(home.resolve("etc"), home.resolve("data"), home.resolve("keys"), trust);
        var listener = new Listener(Optional.empty(), Optional.empty(), List.of("localhost"));
        var keys = new GatewayKeys(new FirstStart(places, listener, false, ENTROPY)
                .run(Clock.systemUTC().instant()));
        var gateway = new Gateway();
        var refresh = new TrustRefresh(gateway.rows, gateway.trail, keys);

        Files.writeString(trust.resolve("broken.pem"), "nonsense");
        refresh.look();
        refresh.look();
        assertThat(gateway.trail.appended).singleElement().satisfies(entry -> {
            assertThat(entry.outcome()).isEqualTo("alarm");
            assertThat(entry.detail()).contains("broken.pem");
        });
        Files.write(
                trust.resolve("broken.pem"),
                Certificates.encoded(gateway.enterprise.certificate()).toByteArray());
        refresh.look();
        refresh.look();
        assertThat(gateway.trail.appended).hasSize(2);
        assertThat(keys.enterprise().roots()).containsExactly(gateway.enterprise.certificate());
        refresh.close();
    }

    @Test
    void what_is_not_trusted_any_more_is_refused_at_once() throws IOException {
        var gateway = new Gateway();
        Path trust = Files.createDirectories(home.resolve("etc/trust"));
        Path file = trust.resolve("enterprise.cer");
        Files.write(file, Certificates.encoded(gateway.enterprise.certificate()).toByteArray());
        var places = new Places(home.resolve("etc"), home.resolve("data"), home.resolve("keys"), trust);
        var listener = new Listener(Optional.empty(), Optional.empty(), List.of("localhost"));
        var keys = new GatewayKeys(new FirstStart(places, listener, false, ENTROPY).run(gateway.clock.instant()));
        X509Directory directory = gateway.start(keys);
        Gateway.Person alice = gateway.person();
        var certificate = gateway.enterprise.issueClient(
                alice.keys.getPublic(),
                new X500Principal("CN=Alice"),
                List.of(),
                gateway.clock.instant(),
                Duration.ofDays(1));
        assertThat(directory.authenticate(List.of(certificate)).name()).isEqualTo("CN=Alice");
        Files.delete(file);
        assertThat(keys.refreshTrust()).isTrue();
        assertThatThrownBy(() -> directory.authenticate(List.of(certificate))).isInstanceOf(DeniedException.class);
    }
}
