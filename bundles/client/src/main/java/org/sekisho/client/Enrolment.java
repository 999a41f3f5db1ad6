// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.ConflictException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.IndeterminateException;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.directory.EnrolmentRequest;
import org.sekisho.client.transport.DirectoryClient;
import org.sekisho.client.transport.HttpGateway;
import org.sekisho.client.transport.HttpTransport;
import org.sekisho.client.transport.RetryPolicy;
import org.sekisho.crypto.HpkePrivateKey;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.CertificatePath;
import org.sekisho.crypto.identity.CertificateRejectedException;
import org.sekisho.crypto.identity.CertificateRequest;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.Credential;
import org.sekisho.crypto.identity.KeyAlgorithm;
import org.sekisho.crypto.identity.LeafIds;
import org.sekisho.crypto.identity.Pkcs12;
import org.sekisho.crypto.identity.Purpose;
import org.sekisho.crypto.identity.TlsContexts;
import org.sekisho.crypto.identity.TrustAnchors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a participant: an Ed25519 identity key, an X25519 key, and a certificate for a one-time token or the one of an
 * enterprise. Private keys never leave the machine; the connection is pinned to the authority given.
 */
public final class Enrolment {

    private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);

    private final URI gateway;
    private final List<X509Certificate> roots;

    private Enrolment(URI gateway, List<X509Certificate> roots) {
        this.gateway = gateway;
        this.roots = List.copyOf(roots);
    }

    /**
     * @param gateway {@code https://host:port}
     * @param authority PEM file of the gateway's certificate authority, as its administrator gave it out
     */
    public static Enrolment at(URI gateway, Path authority) {
        return new Enrolment(gateway, TrustFile.read(authority));
    }

    /**
     * Redeems a token, and writes {@code identityP12} and {@code stateDirectory}; then {@link Sekisho#connect} works. The token is
     * used up even if this fails later. When the gateway goes away before the last step, connecting makes up for it. Errors: BAD_TOKEN, BAD_CERTIFICATE, UNAUTHENTICATED (the gateway's certificate is not of
     * this authority).
     *
     * @param password of the new PKCS#12 file; not kept
     * @return who the participant is: to be given to those who should invite it
     */
    public LeafId redeem(String token, Path identityP12, char[] password, Path stateDirectory) {
        var entropy = new SystemEntropy();
        var keys = KeyAlgorithm.ED25519.generate(entropy);
        var state = new StateDirectory(stateDirectory);
        org.sekisho.api.directory.Enrolment enrolled;
        try (HpkePrivateKey hpke = state.hpkeKey();
                var transport = new HttpTransport(
                        gateway,
                        TlsContexts.of(Optional.empty(), roots, entropy),
                        Optional.empty(),
                        RetryPolicy.DEFAULT)) {
            Octets csr = CertificateRequest.build(keys, Certificates.commonName("participant"));
            enrolled = new DirectoryClient(transport)
                    .enrol(new EnrolmentRequest(token, csr, hpke.publicKey().bytes()));
        }
        List<X509Certificate> chain = verified(enrolled);
        if (!chain.get(0).getPublicKey().equals(keys.getPublic())) {
            throw new RejectedException(ErrorCode.BAD_CERTIFICATE, "the certificate is for another key");
        }
        try {
            Pkcs12.save(identityP12, new Credential(keys.getPrivate(), chain), password, entropy);
        } catch (IOException e) {
            throw new UnavailableException(ErrorCode.STORAGE_UNAVAILABLE, String.valueOf(e.getMessage()));
        }
        state.saveTrust(roots, roots);
        var profile = new StateDirectory.Profile(enrolled.leaf(), enrolled.serverKey(), false);
        state.save(profile);
        announce(Identity.load(identityP12, password, state, SekishoOptions.DEFAULTS), profile, state);
        return enrolled.leaf();
    }

    /**
     * Registers the holder of a certificate of the enterprise, which the gateway trusts, as a new device; writes {@code
     * stateDirectory}; then {@link Sekisho#connect} works. Where the certificate holds an Ed25519 key that can be exported, it is
     * the identity key; else one is made, and both keys sign for each other. Repeated with the same directory it goes on where
     * it stopped. Errors: UNAUTHENTICATED (the gateway does not accept the certificate, or its own is not of this authority),
     * BAD_CERTIFICATE (it does not lead to {@code people}), REVOKED, ALREADY_EXISTS (the directory is another participant's).
     *
     * @param identityP12 one key with its certificate and the issuers in between
     * @param people PEM file of the enterprise's authorities: whose certificates this participant believes
     * @return who the participant is: to be given to those who should invite it
     */
    public LeafId register(Path identityP12, char[] password, Path people, Path stateDirectory) {
        var state = new StateDirectory(stateDirectory);
        Credential credential = Identity.credential(identityP12, password);
        List<X509Certificate> authorities = TrustFile.read(people);
        X509Certificate issuer = issuer(credential, authorities);
        if (!state.hasProfile()) {
            state.saveTrust(roots, authorities);
        }
        Identity identity = Identity.load(identityP12, password, state, SekishoOptions.DEFAULTS);
        try (var http = new HttpGateway(
                new HttpTransport(gateway, identity.tls(), Optional.empty(), RetryPolicy.DEFAULT), false)) {
            StateDirectory.Profile profile = state.hasProfile()
                    ? sameMember(state.profile(), credential, issuer)
                    : begun(state, credential, issuer, http);
            http.register(identity.registering(profile.leaf()));
            state.save(profile.asRegistered());
            return profile.leaf();
        }
    }

    private static StateDirectory.Profile begun(
            StateDirectory state, Credential credential, X509Certificate issuer, HttpGateway http) {
        LeafId leaf =
                LeafIds.newDevice(issuer, credential.certificate().getSubjectX500Principal(), new SystemEntropy());
        var profile = new StateDirectory.Profile(leaf, http.gateway().serverKey(), false);
        state.save(profile);
        return profile;
    }

    private static StateDirectory.Profile sameMember(
            StateDirectory.Profile profile, Credential credential, X509Certificate issuer) {
        if (!LeafIds.isOf(profile.leaf(), credential.certificate(), issuer)) {
            throw new ConflictException(ErrorCode.ALREADY_EXISTS, "the directory belongs to another participant");
        }
        return profile;
    }

    private static X509Certificate issuer(Credential credential, List<X509Certificate> authorities) {
        var anchors = new TrustAnchors(Set.copyOf(authorities), List.of(), false);
        try {
            CertificatePath.validate(credential.chain(), anchors, Instant.now(), Purpose.TLS_CLIENT);
            return CertificatePath.issuer(credential.chain(), anchors);
        } catch (CertificateRejectedException e) {
            throw new RejectedException(ErrorCode.BAD_CERTIFICATE, "the own certificate: " + e.getMessage());
        }
    }

    /** From here on others can invite the participant. */
    private void announce(Identity identity, StateDirectory.Profile profile, StateDirectory state) {
        try (var http = new HttpGateway(
                new HttpTransport(gateway, identity.tls(), Optional.empty(), RetryPolicy.DEFAULT), false)) {
            http.register(identity.registering(profile.leaf()));
            state.save(profile.asRegistered());
        } catch (UnavailableException | IndeterminateException later) {
            LOG.info("{} is enrolled; it is registered when it connects", profile.leaf());
        }
    }

    /** The chain, with the root as its last, after validation against the authority. */
    private List<X509Certificate> verified(org.sekisho.api.directory.Enrolment enrolled) {
        try {
            List<X509Certificate> chain = new ArrayList<>();
            chain.add(Certificates.parse(enrolled.certificate()));
            enrolled.chain().forEach(issuer -> chain.add(Certificates.parse(issuer)));
            CertificatePath.validate(
                    chain, new TrustAnchors(Set.copyOf(roots), List.of(), false), Instant.now(), Purpose.TLS_CLIENT);
            boolean rooted = roots.contains(chain.get(chain.size() - 1));
            if (!rooted) {
                roots.stream()
                        .filter(root -> root.getSubjectX500Principal()
                                .equals(chain.get(chain.size() - 1).getIssuerX500Principal()))
                        .findFirst()
                        .ifPresent(chain::add);
            }
            return chain;
        } catch (CertificateRejectedException e) {
            throw new RejectedException(ErrorCode.BAD_CERTIFICATE, "the gateway issued: " + e.getMessage());
        }
    }
}
