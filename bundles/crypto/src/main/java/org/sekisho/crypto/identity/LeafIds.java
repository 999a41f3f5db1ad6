// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.codec.Cbor;
import org.sekisho.crypto.Sha256;

/**
 * How leaves follow from certificates. The member is the same for every device of one subject of one authority, and
 * nobody else's: the first 16 octets of {@code H(CBOR["member", H(SPKI of the issuer), subject in RFC 2253])}. The device
 * is random. Certificates of the gateway's own authority carry their leaf as a URI, {@code urn:sekisho:leaf:} and 64
 * hexadecimal digits.
 */
public final class LeafIds {

    private static final String URN = "urn:sekisho:leaf:";
    private static final int HALF = 16;
    private static final int URI = 6;

    private LeafIds() {}

    /** The member that {@code subject} is under the authority with the certificate {@code issuer}. */
    public static Octets member(X509Certificate issuer, X500Principal subject) {
        Octets key = Octets.of(issuer.getPublicKey().getEncoded());
        return Sha256.hashArray("member", Sha256.hash(key), Cbor.nfc(subject.getName()))
                .value()
                .slice(0, HALF);
    }

    /** A new device of that member. */
    public static LeafId newDevice(X509Certificate issuer, X500Principal subject, Entropy entropy) {
        return new LeafId(Octets.concat(member(issuer, subject), Octets.of(entropy.next(HALF))));
    }

    /**
     * Whether {@code leaf} is a device of whom {@code certificate}, issued by {@code issuer}, names. A key that signs for a leaf
     * proves nothing without this: every certified participant can sign for any leaf.
     */
    public static boolean isOf(LeafId leaf, X509Certificate certificate, X509Certificate issuer) {
        return leaf.memberId().equals(member(issuer, certificate.getSubjectX500Principal()))
                && in(certificate).filter(written -> !written.equals(leaf)).isEmpty();
    }

    /** How {@code leaf} is written in a certificate. */
    public static String uri(LeafId leaf) {
        return URN + leaf;
    }

    /** The leaf written in {@code certificate}; empty when there is none, or more than one. */
    public static Optional<LeafId> in(X509Certificate certificate) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            List<String> leaves = names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> name.get(0).equals(URI))
                            .map(name -> (String) name.get(1))
                            .filter(uri -> uri.startsWith(URN))
                            .toList();
            return leaves.size() == 1
                    ? Optional.of(LeafId.parse(leaves.get(0).substring(URN.length())))
                    : Optional.empty();
        } catch (CertificateParsingException | RejectedException e) {
            return Optional.empty();
        }
    }
}
