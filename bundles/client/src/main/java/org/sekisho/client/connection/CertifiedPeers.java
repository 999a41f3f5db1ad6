// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.connection;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.group.Envelope;
import org.sekisho.client.transport.Gateway;
import org.sekisho.codec.group.EnvelopeCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.identity.CertificatePath;
import org.sekisho.crypto.identity.CertificateRejectedException;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.LeafBinding;
import org.sekisho.crypto.identity.LeafIds;
import org.sekisho.crypto.identity.Purpose;
import org.sekisho.crypto.identity.TrustAnchors;
import org.sekisho.membership.wire.Acceptance;
import org.sekisho.membership.wire.MessageType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the directory and believes nothing of it: the certificate must lead to a trusted root, be in force, name the member whose
 * leaf it is, and its key must have signed the leaf's keys (protocol notes F5, R39). A revocation list that cannot be had is taken as empty; one that was had is
 * obeyed.
 */
public final class CertifiedPeers implements Peers {

    private static final Logger LOG = LoggerFactory.getLogger(CertifiedPeers.class);

    private final Gateway gateway;
    private final Set<X509Certificate> roots;
    private final InstantSource clock;

    public CertifiedPeers(Gateway gateway, Set<X509Certificate> roots, InstantSource clock) {
        this.gateway = gateway;
        this.roots = Set.copyOf(roots);
        this.clock = clock;
    }

    @Override
    public Optional<Octets> key(LeafId leaf, Octets envelope) {
        Participant participant;
        try {
            participant = gateway.participant(leaf);
        } catch (NotFoundException unknown) {
            return Optional.empty();
        }
        try {
            Envelope sent = EnvelopeCodec.decodeSigned(envelope).envelope();
            List<Octets> issuers = sent.type().equals(MessageType.ACCEPT)
                    ? issuersOf(participant, sent.body())
                    : participant.issuers();
            check(leaf, participant, issuers);
            return Optional.of(participant.idKey());
        } catch (RejectedException | CertificateRejectedException refused) {
            LOG.warn("{} is not believed: {}", leaf, refused.getMessage());
            return Optional.empty();
        }
    }

    /** What the directory says of {@code leaf}, if it holds: NotFoundException, or RejectedException BAD_CERTIFICATE. */
    public Participant verified(LeafId leaf) {
        Participant participant = gateway.participant(leaf);
        try {
            check(leaf, participant, participant.issuers());
        } catch (CertificateRejectedException refused) {
            throw new RejectedException(ErrorCode.BAD_CERTIFICATE, String.valueOf(refused.getMessage()));
        }
        return participant;
    }

    /** Throws {@link CertificateRejectedException} or {@link RejectedException} unless everything about it holds. */
    private void check(LeafId leaf, Participant participant, List<Octets> issuers) {
        X509Certificate certificate = Certificates.parse(participant.certificate());
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(certificate);
        issuers.forEach(issuer -> chain.add(Certificates.parse(issuer)));
        var anchors = new TrustAnchors(roots, revocationLists(), false);
        CertificatePath.validate(chain, anchors, clock.instant(), Purpose.SIGNATURE);
        boolean named = LeafIds.isOf(leaf, certificate, CertificatePath.issuer(chain, anchors));
        boolean bound = named
                && participant.leaf().equals(leaf)
                && LeafBinding.verify(
                        certificate, leaf, participant.idKey(), participant.hpkeKey(), participant.binding())
                && LeafBinding.possessed(
                        certificate, leaf, participant.idKey(), participant.hpkeKey(), participant.possession());
        if (!bound) {
            throw new RejectedException(ErrorCode.BAD_CERTIFICATE, "the certificate does not vouch for the keys");
        }
    }

    /** A newcomer answers with its certificate: it must be the one that was checked, and its issuers the real ones. */
    private List<Octets> issuersOf(Participant participant, Octets body) {
        Acceptance acceptance = Acceptance.decode(body);
        boolean same = acceptance.certificate().equals(participant.certificate())
                && acceptance.idKey().equals(participant.idKey())
                && acceptance.hpkeKey().equals(participant.hpkeKey());
        if (!same) {
            throw new RejectedException(ErrorCode.BAD_CERTIFICATE, "answered with another certificate");
        }
        List<Hash> trusted =
                roots.stream().map(Certificates::encoded).map(Sha256::hash).toList();
        List<Octets> issuers = acceptance.issuers();
        boolean ends = issuers.isEmpty() || trusted.contains(Sha256.hash(issuers.get(issuers.size() - 1)));
        if (!ends) {
            throw new RejectedException(ErrorCode.BAD_CERTIFICATE, "the issuers do not lead to a trusted root");
        }
        return issuers;
    }

    private List<java.security.cert.X509CRL> revocationLists() {
        try {
            return List.of(Certificates.parseRevocationList(gateway.revocationList()));
        } catch (org.sekisho.api.SekishoException | CertificateRejectedException unavailable) {
            LOG.debug("no revocation list: {}", unavailable.getMessage());
            return List.of();
        }
    }
}
