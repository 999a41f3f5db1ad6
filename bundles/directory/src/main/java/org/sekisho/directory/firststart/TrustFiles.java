// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory.firststart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.sekisho.api.Octets;
import org.sekisho.crypto.identity.CertificateRejectedException;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.TrustAnchors;

/**
 * The authorities of the enterprise and their revocation lists, as files in one directory: {@code .pem}, {@code .crt} and
 * {@code .cer} hold certificates, {@code .crl} a revocation list. A file that cannot be read stops the start: a gateway
 * that silently trusts less, or overlooks a revocation list, is worse.
 */
final class TrustFiles {

    private static final int MAX_FILES = 1_000;

    private TrustFiles() {}

    /** All of {@code directory}, which need not exist. */
    static TrustAnchors read(Path directory, boolean revocationRequired) throws IOException {
        Set<X509Certificate> roots = new LinkedHashSet<>();
        List<X509CRL> lists = new ArrayList<>();
        for (Path file : files(directory)) {
            String name = file.getFileName().toString();
            try {
                if (name.endsWith(".crl")) {
                    lists.add(Certificates.parseRevocationList(content(file, Certificates.MAX_REVOCATION_LIST)));
                } else if (name.endsWith(".pem") || name.endsWith(".crt") || name.endsWith(".cer")) {
                    roots.addAll(Certificates.parseAll(content(file, Certificates.MAX_FILE)));
                }
            } catch (CertificateRejectedException e) {
                throw new IOException(file + " holds no certificates or revocation list", e);
            }
        }
        return new TrustAnchors(roots, lists, revocationRequired);
    }

    /** Changes whenever a file comes, goes or is written. */
    static String stamp(Path directory) throws IOException {
        var stamp = new StringBuilder(Files.isDirectory(directory) ? "there" : "absent");
        for (Path file : files(directory)) {
            stamp.append('\n')
                    .append(file.getFileName())
                    .append(' ')
                    .append(Files.size(file))
                    .append(' ')
                    .append(Files.getLastModifiedTime(file).toInstant());
        }
        return stamp.toString();
    }

    private static List<Path> files(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> found = files.filter(Files::isRegularFile)
                    .sorted()
                    .limit(MAX_FILES + 1L)
                    .toList();
            if (found.size() > MAX_FILES) {
                throw new IOException(directory + " holds more than " + MAX_FILES + " files");
            }
            return found;
        }
    }

    private static Octets content(Path file, int max) throws IOException {
        if (Files.size(file) > max) {
            throw new IOException(file + " is longer than " + max + " bytes");
        }
        return Octets.of(Files.readAllBytes(file));
    }
}
