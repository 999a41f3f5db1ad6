// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory.firststart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.Credential;
import org.sekisho.crypto.identity.KeyAlgorithm;
import org.sekisho.crypto.identity.TrustAnchors;
import org.sekisho.crypto.store.OwnerOnlyFile;
import org.sekisho.crypto.store.StoreKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what a gateway needs and does not have yet, in this order: server key, authority, server certificate, trust store,
 * administrator, listener. On a later start it finds them and only brings certificate, trust store and listener up to
 * date. It never makes a second authority in place of one that cannot be opened.
 *
 * <p>Blocks on the disk. One instance runs at a time per directory.
 */
public final class FirstStart {

    private static final Duration AUTHORITY_LIFETIME = Duration.ofDays(3650);
    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);

    private final Places places;
    private final Listener listener;
    private final boolean revocationRequired;
    private final Entropy entropy;

    public FirstStart(Places places, Listener listener, boolean revocationRequired, Entropy entropy) {
        this.places = places;
        this.listener = listener;
        this.revocationRequired = revocationRequired;
        this.entropy = entropy;
    }

    /** Completes every step that is not complete. */
    public Established run(Instant now) throws IOException {
        OwnerOnlyFile.createDirectories(places.keys());
        Files.createDirectories(places.data());
        SigningKey serverKey = serverKey();
        CertificateAuthority authority = authority(now);
        publish(authority.certificate());
        var tls = new KeyFile(places.keys(), "tls", entropy);
        X509Certificate server = new ServerCertificate(tls, authority, entropy).ensure(listener.names(), now);
        String stamp = TrustFiles.stamp(places.trust());
        TrustAnchors enterprise = TrustFiles.read(places.trust(), revocationRequired);
        Set<X509Certificate> roots = roots(authority, enterprise);
        KeyFile trust = trust(roots);
        if (new AdminAccount(places, entropy).ensure()) {
            LOG.info("made user {}; the password is in {}", AdminAccount.NAME, places.adminSecret());
        }
        new ApiListener(places, entropy).ensure(listener, tls, trust, generation(server, roots));
        return new Established(authority, serverKey, EnterpriseTrust.of(this, authority, enterprise, stamp));
    }

    /** Whom {@link Places#trust} says to trust; see {@link EnterpriseTrust}. */
    EnterpriseTrust.Reader trustReader() {
        return new EnterpriseTrust.Reader() {
            @Override
            public String stamp() throws IOException {
                return TrustFiles.stamp(places.trust());
            }

            @Override
            public TrustAnchors read() throws IOException {
                return TrustFiles.read(places.trust(), revocationRequired);
            }
        };
    }

    /** Has the listener ask for certificates of these authorities from now on; it is opened anew when they are others. */
    void accept(CertificateAuthority authority, TrustAnchors enterprise) throws IOException {
        Set<X509Certificate> roots = roots(authority, enterprise);
        KeyFile trust = trust(roots);
        var tls = new KeyFile(places.keys(), "tls", entropy);
        Optional<Credential> server = tls.credential();
        if (server.isPresent()) {
            X509Certificate certificate = server.get().certificate();
            new ApiListener(places, entropy).ensure(listener, tls, trust, generation(certificate, roots));
        }
    }

    private static Set<X509Certificate> roots(CertificateAuthority authority, TrustAnchors enterprise) {
        Set<X509Certificate> roots = new HashSet<>(enterprise.roots());
        roots.add(authority.certificate());
        return roots;
    }

    private SigningKey serverKey() throws IOException {
        try (SecretBytes seed = StoreKey.loadOrCreate(places.keys().resolve("gms.key"), entropy)) {
            return SigningKey.of(seed);
        }
    }

    private CertificateAuthority authority(Instant now) throws IOException {
        var file = new KeyFile(places.keys(), "ca", entropy);
        Optional<Credential> existing = file.credential();
        if (existing.isPresent()) {
            return new CertificateAuthority(existing.get(), entropy);
        }
        String name = "Sekisho gateway " + Octets.of(entropy.next(4)).hex();
        var authority = CertificateAuthority.create(name, KeyAlgorithm.P256, now, AUTHORITY_LIFETIME, entropy);
        file.save(authority.credential());
        LOG.info("made the authority {}", name);
        return authority;
    }

    private void publish(X509Certificate authority) throws IOException {
        Path file = places.authorityCertificate();
        if (!Files.exists(file)) {
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(Certificates.encoded(authority).toByteArray());
            String pem = "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
            OwnerOnlyFile.replace(file, pem.getBytes(StandardCharsets.US_ASCII), entropy);
        }
    }

    private KeyFile trust(Set<X509Certificate> roots) throws IOException {
        var file = new KeyFile(places.keys(), "trust", entropy);
        if (!Set.copyOf(file.trusted()).equals(roots)) {
            file.saveTrusted(roots);
        }
        return file;
    }

    private static String generation(X509Certificate server, Set<X509Certificate> roots) {
        List<Octets> trusted = roots.stream()
                .map(root -> Certificates.hash(root).value())
                .sorted(Comparator.naturalOrder())
                .toList();
        return Sha256.hashArray("keys", Certificates.hash(server), trusted)
                .value()
                .slice(0, 8)
                .hex();
    }
}
