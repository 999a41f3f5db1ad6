// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory.firststart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.api.Octets;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.CertificatePath;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.KeyAlgorithm;
import org.sekisho.crypto.identity.Pkcs12;
import org.sekisho.crypto.identity.Purpose;
import org.sekisho.crypto.identity.TrustAnchors;

class FirstStartTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final List<String> NAMES = List.of("localhost", "127.0.0.1", "gateway.example");

    /** In the order in which they are made. */
    private static final List<String> FILES = List.of(
            "etc/keys/gms.key",
            "etc/keys/ca.password",
            "etc/keys/ca.p12",
            "etc/keys/ca.pem",
            "etc/keys/tls.password",
            "etc/keys/tls.p12",
            "etc/keys/trust.password",
            "etc/keys/trust.p12",
            "etc/org.apache.karaf.jaas.cfg",
            "data/admin-secret.txt",
            "etc/users.properties",
            "etc/org.apache.felix.http-api.cfg");

    @TempDir
    Path home;

    @BeforeEach
    void directories() throws IOException {
        Files.createDirectories(home.resolve("etc"));
    }

    @Test
    void makes_everything_for_the_owner_only() throws Exception {
        start();
        assertThat(files().keySet()).containsExactlyInAnyOrderElementsOf(FILES);
        for (String file : FILES) {
            assertThat(permissions(file)).as(file).isEqualTo("rw-------");
        }
        assertThat(permissions("etc/keys")).isEqualTo("rwx------");
    }

    @Test
    void later_start_changes_nothing() throws Exception {
        Established first = start();
        Map<String, Octets> before = files();
        Established second = start();
        assertThat(files()).isEqualTo(before);
        assertThat(second.authority().certificate()).isEqualTo(first.authority().certificate());
        assertThat(second.serverKey().verifyingKey())
                .isEqualTo(first.serverKey().verifyingKey());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    void interrupted_start_is_completed(int made) throws Exception {
        start();
        Map<String, Octets> before = files();
        for (String file : FILES.subList(made, FILES.size())) {
            Files.delete(home.resolve(file));
        }
        start();
        Map<String, Octets> after = files();
        assertThat(after.keySet()).containsExactlyInAnyOrderElementsOf(FILES);
        for (String file : FILES.subList(0, made)) {
            assertThat(after.get(file)).as(file).isEqualTo(before.get(file));
        }
        assertThat(storedPassword())
                .isEqualToIgnoringCase(Sha256.hash(Octets.utf8(secret())).toString());
        openTls();
    }

    @Test
    void authority_that_cannot_be_opened_is_never_replaced() throws Exception {
        start();
        Files.delete(home.resolve("etc/keys/ca.password"));
        Octets before = files().get("etc/keys/ca.p12");
        assertThatThrownBy(this::start).isInstanceOf(IOException.class).hasMessageContaining("ca.password");
        assertThat(files().get("etc/keys/ca.p12")).isEqualTo(before);
        Files.writeString(home.resolve("etc/keys/ca.password"), "wrong");
        Files.setPosixFilePermissions(
                home.resolve("etc/keys/ca.password"), PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(this::start).isInstanceOf(IOException.class).hasMessageContaining("cannot be opened");
        assertThat(files().get("etc/keys/ca.p12")).isEqualTo(before);
    }

    @Test
    void fetched_and_deleted_password_does_not_come_back() throws Exception {
        start();
        Files.delete(home.resolve("data/admin-secret.txt"));
        String users = Files.readString(home.resolve("etc/users.properties"));
        start();
        assertThat(home.resolve("data/admin-secret.txt")).doesNotExist();
        assertThat(Files.readString(home.resolve("etc/users.properties"))).isEqualTo(users);
    }

    @Test
    void users_that_are_there_stay() throws Exception {
        Files.writeString(home.resolve("etc/users.properties"), "# people\nauditor = x,auditor\n");
        start();
        assertThat(Files.readAllLines(home.resolve("etc/users.properties")))
                .contains("# people", "auditor = x,auditor")
                .contains("_g_\\:admingroup = group,admin,manager,viewer,systembundles,ssh")
                .anyMatch(line -> line.matches("admin = \\{CRYPT}[0-9a-f]{64}\\{CRYPT},_g_:admingroup"));
    }

    @Test
    void listener_is_on_loopback_with_tls_until_told_otherwise() throws Exception {
        start();
        assertThat(listener())
                .containsEntry("org.apache.felix.http.host", "127.0.0.1")
                .containsEntry("org.osgi.service.http.port.secure", "8443")
                .containsEntry("org.apache.felix.http.enable", "false")
                .containsEntry("org.apache.felix.https.enable", "true")
                .containsEntry("org.apache.felix.https.clientcertificate", "wants")
                .containsEntry("org.apache.felix.https.jetty.protocols.included", "TLSv1.3,TLSv1.2")
                .containsEntry("org.apache.felix.http.name", "api");
    }

    @Test
    void listener_keeps_what_the_operator_wrote() throws Exception {
        start();
        Path file = home.resolve("etc/org.apache.felix.http-api.cfg");
        Files.writeString(
                file,
                Files.readString(file).replace(" = 8443", " = 9443").replace("= wants", "= needs") + "# mine\nx = y\n");
        start();
        assertThat(listener())
                .containsEntry("org.osgi.service.http.port.secure", "9443")
                .containsEntry("org.apache.felix.https.clientcertificate", "needs")
                .containsEntry("x", "y");
        start(new Listener(Optional.of("0.0.0.0"), Optional.of("7443"), NAMES), NOW);
        assertThat(listener())
                .containsEntry("org.apache.felix.http.host", "0.0.0.0")
                .containsEntry("org.osgi.service.http.port.secure", "7443")
                .containsEntry("x", "y");
    }

    @Test
    void server_certificate_is_of_the_authority_and_has_the_names() throws Exception {
        Established established = start();
        X509Certificate certificate = openTls();
        CertificatePath.validate(
                List.of(certificate), TrustAnchors.of(established.authority().certificate()), NOW, Purpose.TLS_SERVER);
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactlyInAnyOrderElementsOf(NAMES);
    }

    @Test
    void server_certificate_is_renewed_before_it_ends_or_when_names_change() throws Exception {
        start();
        X509Certificate first = openTls();
        Octets generation = Octets.utf8(listener().get("org.sekisho.keys.generation"));
        start(new Listener(Optional.empty(), Optional.empty(), NAMES), NOW.plus(Duration.ofDays(360)));
        X509Certificate second = openTls();
        assertThat(second).isNotEqualTo(first);
        assertThat(Octets.utf8(listener().get("org.sekisho.keys.generation"))).isNotEqualTo(generation);
        start(
                new Listener(Optional.empty(), Optional.empty(), List.of("other.example")),
                NOW.plus(Duration.ofDays(360)));
        assertThat(openTls()).isNotEqualTo(second);
    }

    @Test
    void names_may_be_written_in_any_form() throws Exception {
        var listener = new Listener(Optional.empty(), Optional.empty(), List.of("LocalHost", "::1"));
        start(listener, NOW);
        Map<String, Octets> before = files();
        start(listener, NOW);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void authorities_in_the_trust_directory_are_trusted() throws Exception {
        Established first = start();
        assertThat(first.enterprise().current().roots()).isEmpty();
        X509Certificate enterprise = CertificateAuthority.create(
                        "Enterprise", KeyAlgorithm.P256, NOW, Duration.ofDays(100), new SystemEntropy())
                .certificate();
        Files.createDirectories(home.resolve("etc/trust"));
        Files.write(
                home.resolve("etc/trust/enterprise.cer"),
                Certificates.encoded(enterprise).toByteArray());
        String generation = listener().get("org.sekisho.keys.generation");
        Established second = start();
        assertThat(second.enterprise().current().roots()).containsExactly(enterprise);
        assertThat(trusted())
                .containsExactlyInAnyOrder(enterprise, second.authority().certificate());
        assertThat(listener().get("org.sekisho.keys.generation")).isNotEqualTo(generation);
    }

    @Test
    void unreadable_trust_stops_the_start() throws Exception {
        Files.createDirectories(home.resolve("etc/trust"));
        Files.writeString(home.resolve("etc/trust/broken.crl"), "nonsense");
        assertThatThrownBy(this::start).isInstanceOf(IOException.class).hasMessageContaining("broken.crl");
        assertThat(home.resolve("etc/org.apache.felix.http-api.cfg")).doesNotExist();
    }

    @Test
    void logs_hold_no_secret() throws Exception {
        var captured = new ByteArrayOutputStream();
        PrintStream console = System.err;
        Established established;
        System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try {
            established = start();
        } finally {
            System.setErr(console);
        }
        String log = captured + established.toString();
        assertThat(log).contains("made user admin");
        assertThat(log).doesNotContain(secret());
        for (String name : List.of("ca", "tls", "trust")) {
            assertThat(log).doesNotContain(Files.readString(home.resolve("etc/keys/" + name + ".password")));
        }
        Octets seed = files().get("etc/keys/gms.key");
        assertThat(log).doesNotContain(seed.hex()).doesNotContain(seed.base64());
    }

    private Established start() throws IOException {
        return start(new Listener(Optional.empty(), Optional.empty(), NAMES), NOW);
    }

    private Established start(Listener listener, Instant now) throws IOException {
        Path etc = home.resolve("etc");
        var places = new Places(etc, home.resolve("data"), etc.resolve("keys"), etc.resolve("trust"));
        return new FirstStart(places, listener, false, new SystemEntropy()).run(now);
    }

    private X509Certificate openTls() throws IOException {
        Map<String, String> listener = listener();
        return Pkcs12.load(
                        Path.of(listener.get("org.apache.felix.https.keystore")),
                        listener.get("org.apache.felix.https.keystore.password").toCharArray())
                .certificate();
    }

    private List<X509Certificate> trusted() throws IOException {
        Map<String, String> listener = listener();
        return Pkcs12.decodeTrust(
                Files.readAllBytes(Path.of(listener.get("org.apache.felix.https.truststore"))),
                listener.get("org.apache.felix.https.truststore.password").toCharArray());
    }

    private Map<String, String> listener() throws IOException {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(home.resolve("etc/org.apache.felix.http-api.cfg"))) {
            properties.load(in);
        }
        Map<String, String> map = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> map.put(key, properties.getProperty(key)));
        return map;
    }

    private String secret() throws IOException {
        return Files.readString(home.resolve("data/admin-secret.txt")).strip();
    }

    private String storedPassword() throws IOException {
        return PropertyLines.of(home.resolve("etc/users.properties"))
                .get("admin")
                .orElseThrow()
                .replaceAll("^\\{CRYPT}(.*)\\{CRYPT},.*", "$1");
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(file)));
    }

    private Map<String, Octets> files() throws IOException {
        Map<String, Octets> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(home)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(home.relativize(file).toString(), Octets.of(Files.readAllBytes(file)));
            }
        }
        return files;
    }
}
