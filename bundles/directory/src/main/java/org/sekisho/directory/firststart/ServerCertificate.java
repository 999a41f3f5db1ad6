// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory.firststart;

import java.io.IOException;
import java.net.InetAddress;
import java.security.KeyPair;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.Credential;
import org.sekisho.crypto.identity.KeyAlgorithm;

/** The listener's TLS certificate: issued by the own authority, made anew when it ends soon or its names change. */
final class ServerCertificate {

    private static final Duration LIFETIME = Duration.ofDays(397);
    private static final Duration RENEWAL = Duration.ofDays(60);

    private final KeyFile file;
    private final CertificateAuthority authority;
    private final Entropy entropy;

    ServerCertificate(KeyFile file, CertificateAuthority authority, Entropy entropy) {
        this.file = file;
        this.authority = authority;
        this.entropy = entropy;
    }

    /** The certificate in use from now on. */
    X509Certificate ensure(List<String> wanted, Instant now) throws IOException {
        List<String> names = canonical(wanted);
        Optional<X509Certificate> existing =
                file.credential().map(Credential::certificate).filter(c -> fits(c, names, now));
        return existing.isPresent() ? existing.get() : issue(names, now);
    }

    private X509Certificate issue(List<String> names, Instant now) throws IOException {
        List<String> dns = new ArrayList<>();
        List<InetAddress> addresses = new ArrayList<>();
        for (String name : names) {
            if (isAddress(name)) {
                addresses.add(InetAddress.getByName(name));
            } else {
                dns.add(name);
            }
        }
        KeyPair keys = KeyAlgorithm.P256.generate(entropy);
        X509Certificate certificate = authority.issueServer(
                keys.getPublic(), Certificates.commonName(names.get(0)), dns, addresses, now, LIFETIME);
        file.save(new Credential(keys.getPrivate(), List.of(certificate, authority.certificate())));
        return certificate;
    }

    private boolean fits(X509Certificate certificate, List<String> names, Instant now) {
        boolean lasts = certificate.getNotAfter().toInstant().isAfter(now.plus(RENEWAL));
        boolean ours = certificate
                .getIssuerX500Principal()
                .equals(authority.certificate().getSubjectX500Principal());
        return lasts && ours && names(certificate).equals(new TreeSet<>(names));
    }

    private static Set<String> names(X509Certificate certificate) {
        var names = new TreeSet<String>();
        try {
            var alternative = certificate.getSubjectAlternativeNames();
            if (alternative != null) {
                alternative.forEach(name -> names.add(String.valueOf(name.get(1))));
            }
        } catch (CertificateParsingException e) {
            // A certificate that cannot be read fits no names and is made anew.
            names.clear();
        }
        return names;
    }

    /** Names and addresses as a certificate gives them back. */
    private static List<String> canonical(List<String> names) throws IOException {
        List<String> canonical = new ArrayList<>();
        for (String name : names) {
            canonical.add(
                    isAddress(name) ? InetAddress.getByName(name).getHostAddress() : name.toLowerCase(Locale.ROOT));
        }
        return canonical;
    }

    /** Whether {@code name} is a literal address, so that nothing is asked of the network. */
    private static boolean isAddress(String name) {
        return name.contains(":") || name.matches("[0-9.]+");
    }
}
