// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.store.RowTx;
import org.sekisho.directory.records.RevokedCertificate;

/** Revokes all there is of a leaf: its entry, every certificate it ever had, and an invitation not yet used. */
final class Revoking {

    private final RowTx tx;
    private final ParticipantRows participants;
    private final CertificateRows certificates;

    Revoking(RowTx tx) {
        this.tx = tx;
        this.participants = new ParticipantRows(tx);
        this.certificates = new CertificateRows(tx);
    }

    /** Tells whether anything changed; {@link NotFoundException} when nothing is known of the leaf. */
    boolean revoke(LeafId leaf, Instant now) {
        boolean changed = new InvitationRows(tx).withdraw(leaf);
        List<Hash> hashes = certificates.of(leaf);
        if (hashes.isEmpty() && !changed) {
            throw new NotFoundException("no participant " + leaf);
        }
        for (Hash hash : hashes) {
            changed |= certificates
                    .known(hash)
                    .filter(known -> certificates.revoke(hash, RevokedCertificate.of(known, now)))
                    .isPresent();
        }
        participants.get(leaf).filter(p -> p.revokedAt().isEmpty()).ifPresent(p -> participants.put(revoked(p, now)));
        return changed;
    }

    private static Participant revoked(Participant p, Instant at) {
        return new Participant(
                p.leaf(),
                p.name(),
                p.idKey(),
                p.hpkeKey(),
                p.certificate(),
                p.certHash(),
                p.issuerHash(),
                p.binding(),
                p.possession(),
                p.issuers(),
                p.fingerprint(),
                p.enrolledAt(),
                p.notAfter(),
                Optional.of(at));
    }
}
