// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory;

import java.time.Instant;
import java.util.Optional;
import org.sekisho.api.ConflictException;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.directory.Registering;
import org.sekisho.api.store.RowTx;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.Ed25519Keys;
import org.sekisho.crypto.identity.Fingerprint;
import org.sekisho.crypto.identity.LeafIds;
import org.sekisho.directory.records.KnownCertificate;

/**
 * From certificate to entry. One entry per subject, authority and device, which the leaf stands for; a certificate belongs
 * to one leaf for good.
 *
 * <p>Registering again: the same certificate and keys change nothing; another certificate of the same subject and authority
 * with the same keys replaces the old one (a renewal), which then authenticates nobody; other keys are refused
 * (ALREADY_EXISTS), since a change of keys is a removal and an addition. A leaf that was revoked never comes back
 * (REVOKED): its person gets a new invitation, as the same member with a new device.
 */
final class Registrar {

    private static final int MAX_CERTIFICATES = 100;

    private final ParticipantRows participants;
    private final CertificateRows certificates;

    Registrar(RowTx tx) {
        this.participants = new ParticipantRows(tx);
        this.certificates = new CertificateRows(tx);
    }

    /** What registering did. */
    enum Change {
        NONE,
        NEW,
        RENEWED
    }

    /** @param entry as it now is */
    record Registered(Participant entry, Change change) {}

    /** The certificate was validated and the binding verified; the rest is checked here. */
    Registered register(Registering registering, CertificateGate.Accepted accepted, Instant now) {
        if (certificates.revoked(accepted.hash())) {
            throw revoked();
        }
        Optional<KnownCertificate> known = certificates.known(accepted.hash());
        if (accepted.own()) {
            requireAsEnrolled(registering, accepted, known);
        } else {
            requireMember(registering, accepted, known);
        }
        Optional<Participant> existing = participants.get(registering.leaf());
        if (existing.isPresent() && !changes(existing.get(), registering, accepted)) {
            return new Registered(existing.get(), Change.NONE);
        }
        Participant entry = entry(
                registering, accepted, existing.map(Participant::enrolledAt).orElse(now));
        know(registering, accepted, known);
        participants.put(entry);
        return new Registered(entry, existing.isPresent() ? Change.RENEWED : Change.NEW);
    }

    private static void requireAsEnrolled(
            Registering registering, CertificateGate.Accepted accepted, Optional<KnownCertificate> known) {
        Octets key =
                Ed25519Keys.verifyingKey(accepted.certificate().getPublicKey()).bytes();
        boolean asEnrolled = LeafIds.in(accepted.certificate()).equals(Optional.of(registering.leaf()))
                && known.filter(k -> k.leaf().equals(registering.leaf())
                                && k.hpkeKey().equals(Optional.of(registering.hpkeKey())))
                        .isPresent()
                && key.equals(registering.idKey());
        if (!asEnrolled) {
            throw new RejectedException(ErrorCode.BAD_CERTIFICATE, "leaf or keys are not those of the enrolment");
        }
    }

    private static void requireMember(
            Registering registering, CertificateGate.Accepted accepted, Optional<KnownCertificate> known) {
        Octets member = LeafIds.member(accepted.issuer(), accepted.certificate().getSubjectX500Principal());
        if (!registering.leaf().memberId().equals(member)) {
            throw new RejectedException(ErrorCode.BAD_CERTIFICATE, "the leaf is not of the certificate's subject");
        }
        if (known.filter(k -> !k.leaf().equals(registering.leaf())).isPresent()) {
            throw new ConflictException(ErrorCode.ALREADY_EXISTS, "the certificate belongs to another leaf");
        }
    }

    /** Whether the entry has to be written; refuses what may not be changed. */
    private static boolean changes(Participant existing, Registering registering, CertificateGate.Accepted accepted) {
        if (existing.revokedAt().isPresent()) {
            throw revoked();
        }
        boolean sameKeys = existing.idKey().equals(registering.idKey())
                && existing.hpkeKey().equals(registering.hpkeKey());
        if (!sameKeys) {
            throw new ConflictException(ErrorCode.ALREADY_EXISTS, "the leaf is registered with other keys");
        }
        boolean newlyProven =
                existing.possession().isEmpty() && registering.possession().isPresent();
        return newlyProven || !existing.certHash().equals(accepted.hash());
    }

    private void know(Registering registering, CertificateGate.Accepted accepted, Optional<KnownCertificate> known) {
        if (known.isPresent()) {
            return;
        }
        if (certificates.of(registering.leaf()).size() >= MAX_CERTIFICATES) {
            throw new RejectedException(
                    ErrorCode.LIMIT_EXCEEDED, "a leaf has at most " + MAX_CERTIFICATES + " certificates");
        }
        certificates.know(
                accepted.hash(),
                new KnownCertificate(
                        registering.leaf(),
                        accepted.certificate().getSerialNumber(),
                        accepted.own(),
                        accepted.certificate().getNotAfter().toInstant(),
                        Optional.empty()));
    }

    private static Participant entry(Registering registering, CertificateGate.Accepted accepted, Instant enrolledAt) {
        return new Participant(
                registering.leaf(),
                accepted.name(),
                registering.idKey(),
                registering.hpkeKey(),
                registering.certificate(),
                accepted.hash(),
                Certificates.hash(accepted.issuer()),
                registering.binding(),
                registering.possession(),
                accepted.between().stream().map(Certificates::encoded).toList(),
                Fingerprint.of(registering.idKey()),
                enrolledAt,
                accepted.certificate().getNotAfter().toInstant(),
                Optional.empty());
    }

    private static DeniedException revoked() {
        return new DeniedException(ErrorCode.REVOKED, "the certificate or its leaf was revoked");
    }
}
