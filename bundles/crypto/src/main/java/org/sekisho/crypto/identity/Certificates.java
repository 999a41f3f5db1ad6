// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Callable;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.crypto.CryptoBugException;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.identity.CertificateRejectedException.Reason;

/** Reading certificates and revocation lists, and the names in them. */
public final class Certificates {

    /** Most bytes of one certificate (DER). */
    public static final int MAX_CERTIFICATE = 16 << 10;

    /** Most bytes of a file of certificates (PEM). */
    public static final int MAX_FILE = 1 << 20;

    /** Most bytes of a revocation list (DER). */
    public static final int MAX_REVOCATION_LIST = 16 << 20;

    private Certificates() {}

    /** Reads one certificate in DER, or throws {@link CertificateRejectedException}. */
    public static X509Certificate parse(Octets der) {
        requireSize(der.size(), MAX_CERTIFICATE);
        var certificate = decode(() -> (X509Certificate) factory().generateCertificate(stream(der)));
        // The signature's bit string may claim unused bits that are zero anyway: the same certificate with another
        // hash.
        int unused = decode(() -> org.bouncycastle.asn1.x509.Certificate.getInstance(der.toByteArray())
                .getSignature()
                .getPadBits());
        if (unused != 0 || !encoded(certificate).equals(der)) {
            throw new CertificateRejectedException(Reason.MALFORMED);
        }
        return certificate;
    }

    /** Reads the certificates of a file, in PEM one after the other, or one in DER. */
    public static List<X509Certificate> parseAll(Octets file) {
        requireSize(file.size(), MAX_FILE);
        return decode(() -> factory().generateCertificates(stream(file)).stream()
                .map(X509Certificate.class::cast)
                .toList());
    }

    /** Reads a revocation list in DER or PEM. */
    public static X509CRL parseRevocationList(Octets encoded) {
        requireSize(encoded.size(), MAX_REVOCATION_LIST);
        return decode(() -> (X509CRL) factory().generateCRL(stream(encoded)));
    }

    /** Runs a decoder of the JDK or of Bouncy Castle, which answer hostile input with exceptions of any kind. */
    static <T> T decode(Callable<T> decoder) {
        try {
            return decoder.call();
        } catch (CertificateRejectedException e) {
            throw e;
        } catch (Exception e) {
            throw new CertificateRejectedException(Reason.MALFORMED);
        }
    }

    /** The DER encoding. */
    public static Octets encoded(X509Certificate certificate) {
        try {
            return Octets.of(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new CryptoBugException(e);
        }
    }

    /** SHA-256 of the DER encoding. */
    public static Hash hash(X509Certificate certificate) {
        return Sha256.hash(encoded(certificate));
    }

    /** A name of one part, {@code CN=text}, whatever characters the text has. */
    public static X500Principal commonName(String text) {
        return principal(new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, new DERUTF8String(text))
                .build());
    }

    /** The text of the name's most specific CN, or the whole name in RFC 2253 when it has none. */
    public static String displayName(X500Principal name) {
        var parts = name(name).getRDNs(BCStyle.CN);
        return parts.length > 0 && parts[parts.length - 1].getFirst().getValue() instanceof ASN1String text
                ? text.getString()
                : name.getName();
    }

    static X500Principal principal(X500Name name) {
        try {
            return new X500Principal(name.getEncoded());
        } catch (java.io.IOException e) {
            throw new CryptoBugException(e);
        }
    }

    static X500Name name(X500Principal principal) {
        return X500Name.getInstance(principal.getEncoded());
    }

    static CertificateFactory factory() {
        try {
            return CertificateFactory.getInstance("X.509");
        } catch (CertificateException e) {
            throw new CryptoBugException(e);
        }
    }

    static void requireSize(int size, int max) {
        if (size > max) {
            throw new CertificateRejectedException(Reason.MALFORMED);
        }
    }

    private static ByteArrayInputStream stream(Octets bytes) {
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
