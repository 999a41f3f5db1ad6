// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sekisho.crypto.CryptoBugException;
import org.sekisho.crypto.identity.CertificateRejectedException.Reason;

/**
 * Validation of a certificate chain by RFC 5280 section 6, without any network access: the whole chain and the
 * revocation lists are at hand.
 *
 * <p>Beyond that the end certificate must be no authority, allow signatures, fit the purpose and hold a key that
 * {@link KeySignature} accepts. A chain has at most {@value #MAX_LENGTH} certificates.
 */
public final class CertificatePath {

    /** Most certificates in a chain. */
    public static final int MAX_LENGTH = 8;

    private CertificatePath() {}

    /**
     * Validates {@code chain} (the holder's certificate first, the root optional) at the time {@code at}, and returns the
     * holder's certificate.
     *
     * @throws CertificateRejectedException with the reason
     */
    public static X509Certificate validate(
            List<X509Certificate> chain, TrustAnchors anchors, Instant at, Purpose purpose) {
        if (chain.isEmpty() || chain.size() > MAX_LENGTH) {
            throw new CertificateRejectedException(Reason.MALFORMED);
        }
        List<X509Certificate> path = chain.stream()
                .takeWhile(certificate -> !anchors.roots().contains(certificate))
                .toList();
        if (path.isEmpty() || anchors.roots().isEmpty()) {
            throw new CertificateRejectedException(Reason.UNTRUSTED);
        }
        validatePath(path, anchors, at);
        requirePurpose(path.get(0), purpose);
        return path.get(0);
    }

    /**
     * Who issued the first certificate of a chain that {@link #validate} accepted. What follows it in the chain may be anything
     * when a root issued it: the rest was not looked at.
     */
    public static X509Certificate issuer(List<X509Certificate> chain, TrustAnchors anchors) {
        return Stream.concat(chain.stream().skip(1).limit(1), anchors.roots().stream())
                .filter(candidate -> issued(candidate, chain.get(0)))
                .findFirst()
                .orElseThrow(() -> new CertificateRejectedException(Reason.UNTRUSTED));
    }

    /** The issuers that a verifier who knows the roots needs besides, the direct one first; the chain was accepted. */
    public static List<X509Certificate> between(List<X509Certificate> chain, TrustAnchors anchors) {
        List<X509Certificate> between = new ArrayList<>();
        X509Certificate last = chain.get(0);
        for (X509Certificate next : chain.subList(1, chain.size())) {
            if (anchors.roots().contains(next) || !issued(next, last)) {
                break;
            }
            between.add(next);
            last = next;
        }
        return between;
    }

    /** Whether {@code issuer} bears the name {@code certificate} says it is from, and signed it. Nothing else is looked at. */
    public static boolean issued(X509Certificate issuer, X509Certificate certificate) {
        if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static void validatePath(List<X509Certificate> certificates, TrustAnchors anchors, Instant at) {
        try {
            CertPath path = Certificates.factory().generateCertPath(certificates);
            CertPathValidator validator = CertPathValidator.getInstance("PKIX");
            var result = (PKIXCertPathValidatorResult) validator.validate(path, parameters(validator, anchors, at));
            requireUnlisted(certificates, result.getTrustAnchor().getTrustedCert(), anchors.revocationLists());
        } catch (CertPathValidatorException e) {
            throw new CertificateRejectedException(reason(e));
        } catch (CertificateException e) {
            throw new CertificateRejectedException(Reason.MALFORMED);
        } catch (GeneralSecurityException e) {
            throw new CryptoBugException(e);
        }
    }

    /** The JDK lets a certificate pass whose revocation is not yet past; here who is on a genuine list is out. */
    private static void requireUnlisted(List<X509Certificate> path, X509Certificate root, List<X509CRL> lists) {
        for (int i = 0; i < path.size(); i++) {
            X509Certificate certificate = path.get(i);
            X509Certificate issuer = i + 1 < path.size() ? path.get(i + 1) : root;
            if (lists.stream().anyMatch(list -> list.isRevoked(certificate) && issued(list, issuer))) {
                throw new CertificateRejectedException(Reason.REVOKED);
            }
        }
    }

    private static boolean issued(X509CRL list, X509Certificate issuer) {
        try {
            list.verify(issuer.getPublicKey());
            return list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static PKIXParameters parameters(CertPathValidator validator, TrustAnchors anchors, Instant at)
            throws GeneralSecurityException {
        Set<TrustAnchor> roots = anchors.roots().stream()
                .map(root -> new TrustAnchor(root, null))
                .collect(Collectors.toSet());
        var parameters = new PKIXParameters(roots);
        parameters.setDate(Date.from(at));
        parameters.addCertStore(
                CertStore.getInstance("Collection", new CollectionCertStoreParameters(anchors.revocationLists())));
        // A checker of our own, so that no system property can make this ask an OCSP responder.
        var revocation = (PKIXRevocationChecker) validator.getRevocationChecker();
        EnumSet<Option> options = EnumSet.of(Option.PREFER_CRLS, Option.NO_FALLBACK);
        if (!anchors.revocationRequired()) {
            options.add(Option.SOFT_FAIL);
        }
        revocation.setOptions(options);
        parameters.addCertPathChecker(revocation);
        return parameters;
    }

    private static Reason reason(CertPathValidatorException e) {
        if (e.getReason() instanceof BasicReason basic) {
            return switch (basic) {
                case EXPIRED, NOT_YET_VALID -> Reason.EXPIRED;
                case REVOKED -> Reason.REVOKED;
                case UNDETERMINED_REVOCATION_STATUS -> Reason.REVOCATION_UNKNOWN;
                case ALGORITHM_CONSTRAINED -> Reason.WEAK;
                case UNSPECIFIED, INVALID_SIGNATURE -> Reason.UNTRUSTED;
            };
        }
        return Reason.UNTRUSTED;
    }

    private static void requirePurpose(X509Certificate end, Purpose purpose) {
        if (!KeySignature.supports(end.getPublicKey())) {
            throw new CertificateRejectedException(Reason.WEAK);
        }
        boolean[] keyUsage = end.getKeyUsage();
        boolean signs = keyUsage == null || keyUsage[0];
        if (end.getBasicConstraints() >= 0 || !signs || !allows(end, purpose)) {
            throw new CertificateRejectedException(Reason.WRONG_PURPOSE);
        }
    }

    private static boolean allows(X509Certificate end, Purpose purpose) {
        try {
            List<String> extended = end.getExtendedKeyUsage();
            return extended == null || purpose.allowedBy(extended);
        } catch (CertificateParsingException e) {
            throw new CertificateRejectedException(Reason.MALFORMED);
        }
    }
}
