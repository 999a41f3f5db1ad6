// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.SystemEntropy;

/** Real handshakes of the JDK's TLS 1.3 with the certificates that our authority issues. */
class MutualTlsTest {

    private final Entropy entropy = new SystemEntropy();
    private final Instant now = Instant.now();
    private final ExecutorService server = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({"ED25519,P256,ED25519", "ED25519,ED25519,ED25519", "P256,P256,ED25519", "P256,P256,P256"})
    void handshakeShowsBothCertificates(KeyAlgorithm ca, KeyAlgorithm serverKey, KeyAlgorithm clientKey)
            throws Exception {
        var authority = authority("Test CA", ca);
        Credential serverSide = server(authority, serverKey);
        Credential clientSide = client(authority, clientKey);

        Seen seen = handshake(
                TlsContexts.of(Optional.of(serverSide), List.of(authority.certificate()), entropy),
                TlsContexts.of(Optional.of(clientSide), List.of(authority.certificate()), entropy));

        assertThat(seen.protocol()).isEqualTo("TLSv1.3");
        assertThat(seen.byServer()).isEqualTo(clientSide.certificate());
        assertThat(seen.byClient()).isEqualTo(serverSide.certificate());
    }

    @Test
    void clientOfForeignAuthorityIsRefused() throws Exception {
        var authority = authority("Test CA", KeyAlgorithm.P256);
        var foreign = authority("Test CA", KeyAlgorithm.P256);
        var serverContext = TlsContexts.of(
                Optional.of(server(authority, KeyAlgorithm.P256)), List.of(authority.certificate()), entropy);
        var clientContext = TlsContexts.of(
                Optional.of(client(foreign, KeyAlgorithm.ED25519)), List.of(authority.certificate()), entropy);

        assertThatThrownBy(() -> handshake(serverContext, clientContext)).isInstanceOf(IOException.class);
    }

    @Test
    void clientWithoutCertificateIsRefused() throws Exception {
        var authority = authority("Test CA", KeyAlgorithm.P256);
        var serverContext = TlsContexts.of(
                Optional.of(server(authority, KeyAlgorithm.P256)), List.of(authority.certificate()), entropy);
        var clientContext = TlsContexts.of(Optional.empty(), List.of(authority.certificate()), entropy);

        assertThatThrownBy(() -> handshake(serverContext, clientContext)).isInstanceOf(IOException.class);
    }

    @Test
    void participantCannotPoseAsServer() throws Exception {
        var authority = authority("Test CA", KeyAlgorithm.P256);
        var serverContext = TlsContexts.of(
                Optional.of(client(authority, KeyAlgorithm.ED25519)), List.of(authority.certificate()), entropy);
        var clientContext = TlsContexts.of(
                Optional.of(client(authority, KeyAlgorithm.ED25519)), List.of(authority.certificate()), entropy);

        assertThatThrownBy(() -> handshake(serverContext, clientContext)).isInstanceOf(SSLException.class);
    }

    private CertificateAuthority authority(String name, KeyAlgorithm algorithm) {
        return CertificateAuthority.create(name, algorithm, now, Duration.ofDays(30), entropy);
    }

    private Credential server(CertificateAuthority authority, KeyAlgorithm algorithm) {
        KeyPair keys = algorithm.generate(entropy);
        X509Certificate certificate = authority.issueServer(
                keys.getPublic(),
                Certificates.commonName("localhost"),
                List.of("localhost"),
                List.of(InetAddress.getLoopbackAddress()),
                now,
                Duration.ofDays(1));
        return new Credential(keys.getPrivate(), List.of(certificate));
    }

    private Credential client(CertificateAuthority authority, KeyAlgorithm algorithm) {
        KeyPair keys = algorithm.generate(entropy);
        X509Certificate certificate = authority.issueClient(
                keys.getPublic(),
                Certificates.commonName("Alice"),
                List.of("urn:sekisho:leaf:00"),
                now,
                Duration.ofDays(1));
        return new Credential(keys.getPrivate(), List.of(certificate, authority.certificate()));
    }

    private record Seen(String protocol, X509Certificate byServer, X509Certificate byClient) {}

    private Seen handshake(SSLContext serverContext, SSLContext clientContext) throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (var listener =
                (SSLServerSocket) serverContext.getServerSocketFactory().createServerSocket(0, 1, loopback)) {
            listener.setNeedClientAuth(true);
            listener.setEnabledProtocols(new String[] {"TLSv1.3"});
            listener.setSoTimeout(10_000);
            Future<X509Certificate> byServer = server.submit((Callable<X509Certificate>) () -> {
                try (var connection = (SSLSocket) listener.accept()) {
                    connection.setSoTimeout(10_000);
                    connection
                            .getOutputStream()
                            .write(connection.getInputStream().read());
                    connection.getOutputStream().flush();
                    return peer(connection);
                }
            });
            String protocol;
            X509Certificate byClient;
            try (var connection =
                    (SSLSocket) clientContext.getSocketFactory().createSocket(loopback, listener.getLocalPort())) {
                connection.setSoTimeout(10_000);
                SSLParameters parameters = connection.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                parameters.setProtocols(new String[] {"TLSv1.3"});
                connection.setSSLParameters(parameters);
                connection.startHandshake();
                connection.getOutputStream().write(7);
                connection.getOutputStream().flush();
                // With TLS 1.3 a server refuses a client only after the client's side is done.
                if (connection.getInputStream().read() != 7) {
                    throw new SSLException("connection closed by the server");
                }
                protocol = connection.getSession().getProtocol();
                byClient = peer(connection);
            }
            // Not before the client has closed: the server's close waits for it.
            return new Seen(protocol, byServer.get(), byClient);
        }
    }

    private static X509Certificate peer(SSLSocket connection) throws SSLException {
        return Arrays.stream(connection.getSession().getPeerCertificates())
                .map(X509Certificate.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
