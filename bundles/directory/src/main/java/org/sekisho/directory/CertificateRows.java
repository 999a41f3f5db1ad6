// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.directory.records.KnownCertificate;
import org.sekisho.directory.records.RevokedCertificate;

/**
 * Certificates: in {@link Table#CERTIFICATE} {@code "h"} and hash, {@code "l"}, leaf and hash; in {@link
 * Table#REVOCATION} {@code "c"} and hash. What is revoked stays known, and no certificate ever changes its leaf.
 */
final class CertificateRows {

    private static final Octets HASH = Octets.utf8("h");
    private static final Octets LEAF = Octets.utf8("l");
    private static final Octets REVOKED = Octets.utf8("c");
    private static final int PAGE = 500;

    private final RowTx tx;

    CertificateRows(RowTx tx) {
        this.tx = tx;
    }

    Optional<KnownCertificate> known(Hash certificate) {
        return tx.get(Table.CERTIFICATE, Octets.concat(HASH, certificate.value()))
                .map(KnownCertificate::decode);
    }

    void know(Hash hash, KnownCertificate certificate) {
        tx.put(Table.CERTIFICATE, Octets.concat(HASH, hash.value()), certificate.encode());
        tx.put(Table.CERTIFICATE, Octets.concat(ofLeaf(certificate.leaf()), hash.value()), hash.value());
    }

    List<Hash> of(LeafId leaf) {
        Octets prefix = ofLeaf(leaf);
        return tx.scan(Table.CERTIFICATE, prefix, prefix, PAGE).stream()
                .map(row -> new Hash(row.value()))
                .toList();
    }

    boolean revoked(Hash certificate) {
        return tx.get(Table.REVOCATION, Octets.concat(REVOKED, certificate.value()))
                .isPresent();
    }

    /** Tells whether it was not revoked before. */
    boolean revoke(Hash certificate, RevokedCertificate revoked) {
        return tx.insert(Table.REVOCATION, Octets.concat(REVOKED, certificate.value()), revoked.encode());
    }

    /** All that are revoked. */
    List<RevokedCertificate> allRevoked() {
        var all = new ArrayList<RevokedCertificate>();
        Octets after = REVOKED;
        List<Row> rows;
        do {
            rows = tx.scan(Table.REVOCATION, REVOKED, after, PAGE);
            for (Row row : rows) {
                all.add(RevokedCertificate.decode(row.value()));
                after = row.key();
            }
        } while (rows.size() == PAGE);
        return all;
    }

    private static Octets ofLeaf(LeafId leaf) {
        return Octets.concat(LEAF, leaf.value());
    }
}
