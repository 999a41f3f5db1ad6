// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory.firststart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.Octets;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.Credential;
import org.sekisho.crypto.identity.KeyAlgorithm;
import org.sekisho.crypto.identity.LeafIds;
import org.sekisho.crypto.identity.TlsContexts;

/** What the first start writes for the listener is good for mutual TLS, opened as the HTTP service opens it. */
class ListenerTlsTest {

    private static final SystemEntropy ENTROPY = new SystemEntropy();
    private static final int TIMEOUT_MILLIS = 20_000;

    @TempDir
    Path home;

    private Established established;

    @BeforeEach
    void start() throws IOException {
        Path etc = Files.createDirectories(home.resolve("etc"));
        var places = new Places(etc, home.resolve("data"), etc.resolve("keys"), etc.resolve("trust"));
        var listener = new Listener(Optional.empty(), Optional.empty(), List.of("localhost", "127.0.0.1"));
        established = new FirstStart(places, listener, false, ENTROPY).run(Instant.now());
    }

    @Test
    void enrolled_participant_connects() throws Exception {
        Credential alice = participant(established.authority());
        assertThat(connect(Optional.of(alice), authorityOnDisk())).isEqualTo(alice.certificate());
    }

    @Test
    void certificate_of_another_authority_does_not() {
        var other = CertificateAuthority.create("Other", KeyAlgorithm.P256, Instant.now(), Duration.ofDays(1), ENTROPY);
        assertThatThrownBy(() -> connect(Optional.of(participant(other)), authorityOnDisk()))
                .isInstanceOf(Exception.class);
    }

    private Credential participant(CertificateAuthority authority) {
        KeyPair keys = KeyAlgorithm.ED25519.generate(ENTROPY);
        var subject = new X500Principal("CN=Alice");
        X509Certificate certificate = authority.issueClient(
                keys.getPublic(),
                subject,
                List.of(LeafIds.uri(LeafIds.newDevice(authority.certificate(), subject, ENTROPY))),
                Instant.now(),
                Duration.ofHours(1));
        return new Credential(keys.getPrivate(), List.of(certificate, authority.certificate()));
    }

    private X509Certificate authorityOnDisk() throws IOException {
        return Certificates.parseAll(Octets.of(Files.readAllBytes(home.resolve("etc/keys/ca.pem"))))
                .get(0);
    }

    /** The certificate the server saw. */
    private X509Certificate connect(Optional<Credential> own, X509Certificate root) throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (var server = (SSLServerSocket) server().getServerSocketFactory().createServerSocket(0, 1, loopback)) {
            server.setNeedClientAuth(true);
            server.setSoTimeout(TIMEOUT_MILLIS);
            var seen = CompletableFuture.supplyAsync(() -> accept(server));
            SSLContext client = TlsContexts.of(own, List.of(root), ENTROPY);
            try (var socket = (SSLSocket) client.getSocketFactory().createSocket("localhost", server.getLocalPort())) {
                var parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.setSoTimeout(TIMEOUT_MILLIS);
                socket.startHandshake();
                assertThat(socket.getInputStream().read()).isEqualTo(1);
            }
            return seen.get();
        }
    }

    private static X509Certificate accept(SSLServerSocket server) {
        try (var socket = (SSLSocket) server.accept()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.startHandshake();
            socket.getOutputStream().write(1);
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private SSLContext server() throws Exception {
        var listener = new Properties();
        try (InputStream in = Files.newInputStream(home.resolve("etc/org.apache.felix.http-api.cfg"))) {
            listener.load(in);
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(
                store(listener, "keystore"),
                listener.getProperty("org.apache.felix.https.keystore.key.password")
                        .toCharArray());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store(listener, "truststore"));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore store(Properties listener, String name) throws Exception {
        return KeyStore.getInstance(
                Path.of(listener.getProperty("org.apache.felix.https." + name)).toFile(),
                listener.getProperty("org.apache.felix.https." + name + ".password")
                        .toCharArray());
    }
}
