// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.CryptoBugException;

/**
 * The gateway's own authority: one self-signed root that issues end certificates and revocation lists.
 *
 * <p>Guarantees: serials are 126 random bits; every end certificate is for one use (TLS server or TLS client), cannot
 * issue others and ends no later than the root. Does not decide who deserves a certificate.
 *
 * <p>Safe for many threads.
 */
public final class CertificateAuthority {

    /** How long before "now" a certificate begins, for clocks that are behind. */
    public static final Duration BACKDATE = Duration.ofMinutes(5);

    private static final int SERIAL_SIZE = 16;

    private final Credential credential;
    private final Entropy entropy;

    /** The authority that {@code credential} is. */
    public CertificateAuthority(Credential credential, Entropy entropy) {
        if (credential.certificate().getBasicConstraints() < 0) {
            throw new IllegalArgumentException("not the certificate of an authority");
        }
        this.credential = credential;
        this.entropy = entropy;
    }

    /** A new root. */
    public static CertificateAuthority create(
            String name, KeyAlgorithm algorithm, Instant now, Duration lifetime, Entropy entropy) {
        KeyPair keys = algorithm.generate(entropy);
        X500Principal subject = Certificates.commonName(name);
        var builder = new JcaX509v3CertificateBuilder(
                subject,
                serial(entropy),
                Date.from(now.minus(BACKDATE)),
                Date.from(now.plus(lifetime)),
                subject,
                keys.getPublic());
        extend(builder, Extension.basicConstraints, true, new BasicConstraints(0));
        extend(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        extend(
                builder,
                Extension.subjectKeyIdentifier,
                false,
                extensions().createSubjectKeyIdentifier(keys.getPublic()));
        X509Certificate root = finish(builder, keys.getPrivate());
        return new CertificateAuthority(new Credential(keys.getPrivate(), List.of(root)), entropy);
    }

    /** The root's key and certificate, for storing them. */
    public Credential credential() {
        return credential;
    }

    /** The root's certificate. */
    public X509Certificate certificate() {
        return credential.certificate();
    }

    /** A certificate for a TLS server under its DNS names and addresses. */
    public X509Certificate issueServer(
            PublicKey key,
            X500Principal subject,
            List<String> dnsNames,
            List<InetAddress> addresses,
            Instant now,
            Duration lifetime) {
        List<GeneralName> names = new ArrayList<>();
        dnsNames.forEach(name -> names.add(new GeneralName(GeneralName.dNSName, name)));
        addresses.forEach(address -> names.add(new GeneralName(GeneralName.iPAddress, address.getHostAddress())));
        return issue(key, subject, KeyPurposeId.id_kp_serverAuth, names, now, lifetime);
    }

    /** A certificate for a participant, a TLS client; {@code uri} names it further. */
    public X509Certificate issueClient(
            PublicKey key, X500Principal subject, List<String> uris, Instant now, Duration lifetime) {
        List<GeneralName> names = new ArrayList<>();
        uris.forEach(uri -> names.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
        return issue(key, subject, KeyPurposeId.id_kp_clientAuth, names, now, lifetime);
    }

    /** A revocation list; {@code number} grows with every list. */
    public X509CRL revocationList(Collection<Revocation> revocations, long number, Instant now, Duration lifetime) {
        var builder = new X509v2CRLBuilder(
                Certificates.name(certificate().getSubjectX500Principal()), Date.from(now.minus(BACKDATE)));
        builder.setNextUpdate(Date.from(now.plus(lifetime)));
        revocations.forEach(r ->
                builder.addCRLEntry(r.serial(), Date.from(r.at()), r.reason().ordinal()));
        try {
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    extensions().createAuthorityKeyIdentifier(certificate().getPublicKey()));
            byte[] der = builder.build(ContentSigners.of(credential.key())).getEncoded();
            return Certificates.parseRevocationList(Octets.of(der));
        } catch (IOException e) {
            throw new CryptoBugException(e);
        }
    }

    private X509Certificate issue(
            PublicKey key,
            X500Principal subject,
            KeyPurposeId purpose,
            List<GeneralName> names,
            Instant now,
            Duration lifetime) {
        if (!KeySignature.supports(key)) {
            throw new CertificateRejectedException(CertificateRejectedException.Reason.WEAK);
        }
        Date end = Date.from(now.plus(lifetime));
        Date last = certificate().getNotAfter();
        var builder = new JcaX509v3CertificateBuilder(
                certificate(),
                serial(entropy),
                Date.from(now.minus(BACKDATE)),
                end.before(last) ? end : last,
                subject,
                key);
        extend(builder, Extension.basicConstraints, true, new BasicConstraints(false));
        extend(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        extend(builder, Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        extend(builder, Extension.subjectKeyIdentifier, false, extensions().createSubjectKeyIdentifier(key));
        extend(
                builder,
                Extension.authorityKeyIdentifier,
                false,
                extensions().createAuthorityKeyIdentifier(certificate().getPublicKey()));
        if (!names.isEmpty()) {
            GeneralNames alternatives = new GeneralNames(names.toArray(GeneralName[]::new));
            extend(builder, Extension.subjectAlternativeName, false, alternatives);
        }
        return finish(builder, credential.key());
    }

    private static X509Certificate finish(X509v3CertificateBuilder builder, PrivateKey signer) {
        try {
            return Certificates.parse(
                    Octets.of(builder.build(ContentSigners.of(signer)).getEncoded()));
        } catch (IOException e) {
            throw new CryptoBugException(e);
        }
    }

    private static void extend(
            X509v3CertificateBuilder builder, ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
        try {
            builder.addExtension(id, critical, value);
        } catch (IOException e) {
            throw new CryptoBugException(e);
        }
    }

    private static JcaX509ExtensionUtils extensions() {
        try {
            return new JcaX509ExtensionUtils();
        } catch (NoSuchAlgorithmException e) {
            throw new CryptoBugException(e);
        }
    }

    private static BigInteger serial(Entropy entropy) {
        byte[] serial = entropy.next(SERIAL_SIZE);
        serial[0] &= 0x7f;
        serial[0] |= 0x40; // never zero, always the same length
        return new BigInteger(1, serial);
    }
}
