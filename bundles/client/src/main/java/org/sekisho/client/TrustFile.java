// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.UnavailableException;
import org.sekisho.crypto.identity.CertificateRejectedException;
import org.sekisho.crypto.identity.Certificates;

/** A file of trusted certificates, PEM or DER. */
final class TrustFile {

    private TrustFile() {}

    static Set<X509Certificate> set(Path file) {
        return Set.copyOf(read(file));
    }

    /** As PEM, one after the other. */
    static String pem(Collection<X509Certificate> certificates) {
        var pem = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(Certificates.encoded(certificate).toByteArray());
            pem.append("-----BEGIN CERTIFICATE-----\n").append(body).append("\n-----END CERTIFICATE-----\n");
        }
        return pem.toString();
    }

    static List<X509Certificate> read(Path file) {
        List<X509Certificate> roots;
        try {
            roots = Certificates.parseAll(Octets.of(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UnavailableException(ErrorCode.STORAGE_UNAVAILABLE, String.valueOf(e.getMessage()));
        } catch (CertificateRejectedException e) {
            throw new RejectedException(ErrorCode.BAD_CERTIFICATE, file + ": " + e.getMessage());
        }
        if (roots.isEmpty()) {
            throw new RejectedException(ErrorCode.BAD_CERTIFICATE, file + " has no certificate");
        }
        return roots;
    }
}
