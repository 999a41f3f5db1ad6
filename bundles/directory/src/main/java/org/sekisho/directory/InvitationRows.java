// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory;

import java.time.Instant;
import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.directory.records.OpenInvitation;

/** Open invitations: {@code "t"} and hash of the token; {@code "e"}, expiry and hash; {@code "l"} and leaf. */
final class InvitationRows {

    private static final Octets TOKEN = Octets.utf8("t");
    private static final Octets EXPIRY = Octets.utf8("e");
    private static final Octets LEAF = Octets.utf8("l");
    private static final int AT_ONCE = 100;

    private final RowTx tx;

    InvitationRows(RowTx tx) {
        this.tx = tx;
    }

    void open(Hash token, OpenInvitation invitation) {
        tx.put(Table.TOKEN, token(token), invitation.encode());
        tx.put(Table.TOKEN, expiry(token, invitation), token.value());
        tx.put(Table.TOKEN, leaf(invitation.leaf()), token.value());
    }

    long count() {
        return tx.count(Table.TOKEN, TOKEN);
    }

    /** Uses an invitation up; empty when it is unknown, used or expired at {@code now}. */
    Optional<OpenInvitation> take(Hash token, Instant now) {
        Optional<OpenInvitation> invitation =
                tx.get(Table.TOKEN, token(token)).map(OpenInvitation::decode).filter(i -> now.isBefore(i.expiry()));
        invitation.ifPresent(i -> delete(token, i));
        return invitation;
    }

    /** Withdraws the invitation of {@code leaf}; tells whether there was one. */
    boolean withdraw(LeafId leaf) {
        Optional<Hash> token = tx.get(Table.TOKEN, leaf(leaf)).map(Hash::new);
        token.ifPresent(this::delete);
        return token.isPresent();
    }

    /** Deletes some of what has expired. */
    void forgetExpired(Instant now) {
        for (Row row : tx.scan(Table.TOKEN, EXPIRY, EXPIRY, AT_ONCE)) {
            Instant expiry = Instant.ofEpochMilli(row.key().slice(1, 9).toLong());
            if (now.isBefore(expiry)) {
                return;
            }
            delete(new Hash(row.value()));
        }
    }

    private void delete(Hash token) {
        tx.get(Table.TOKEN, token(token)).map(OpenInvitation::decode).ifPresent(i -> delete(token, i));
    }

    private void delete(Hash token, OpenInvitation invitation) {
        tx.delete(Table.TOKEN, token(token));
        tx.delete(Table.TOKEN, expiry(token, invitation));
        tx.delete(Table.TOKEN, leaf(invitation.leaf()));
    }

    private static Octets token(Hash token) {
        return Octets.concat(TOKEN, token.value());
    }

    private static Octets expiry(Hash token, OpenInvitation invitation) {
        Octets millis = Octets.ofLong(invitation.expiry().toEpochMilli());
        return Octets.concat(EXPIRY, millis, token.value());
    }

    private static Octets leaf(LeafId leaf) {
        return Octets.concat(LEAF, leaf.value());
    }
}
