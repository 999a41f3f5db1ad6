// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory;

import java.security.cert.CRLException;
import java.security.cert.CRLReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.Octets;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.Revocation;
import org.sekisho.directory.records.RevocationListRow;

/** The own authority's revocation lists, numbered from 1. A list is issued with every revocation and at half its life. */
final class RevocationLists {

    private static final Octets LIST = Octets.utf8("list");

    private final CertificateAuthority authority;
    private final Duration lifetime;

    RevocationLists(CertificateAuthority authority, Duration lifetime) {
        this.authority = authority;
        this.lifetime = lifetime;
    }

    /** The last list, unless it is too old. */
    Optional<Octets> current(RowTx tx, Instant now) {
        return last(tx).filter(list -> now.isBefore(list.issuedAt().plus(lifetime.dividedBy(2))))
                .map(RevocationListRow::der);
    }

    /** Issues a list of all that is revoked and has not expired. */
    Octets issue(RowTx tx, Instant now) {
        List<Revocation> revocations = new CertificateRows(tx)
                .allRevoked().stream()
                        .filter(revoked -> revoked.own() && now.isBefore(revoked.notAfter()))
                        .map(revoked -> new Revocation(revoked.serial(), revoked.at(), CRLReason.UNSPECIFIED))
                        .toList();
        long number = last(tx).map(RevocationListRow::number).orElse(0L) + 1;
        Octets der = der(revocations, number, now);
        tx.put(Table.REVOCATION, LIST, new RevocationListRow(number, now, der).encode());
        return der;
    }

    private Octets der(List<Revocation> revocations, long number, Instant now) {
        try {
            return Octets.of(
                    authority.revocationList(revocations, number, now, lifetime).getEncoded());
        } catch (CRLException e) {
            throw new IllegalStateException("a list just signed has an encoding", e);
        }
    }

    private static Optional<RevocationListRow> last(RowTx tx) {
        return tx.get(Table.REVOCATION, LIST).map(RevocationListRow::decode);
    }
}
