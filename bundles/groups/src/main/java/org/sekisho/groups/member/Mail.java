// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.Invitation;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.group.EnvelopeCodec;
import org.sekisho.codec.group.InvitationCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.groups.chain.EnvelopeGate;

/** The mailbox's scope of the member's store: its cursor and the invitations nobody has answered. */
final class Mail {

    /** Most invitations kept; beyond, new ones are dropped. */
    static final int MAX_INVITATIONS = 1000;

    /** Most invitations kept of one inviter, so that none crowds out the others'. */
    static final int MAX_PER_INVITER = 50;

    /** Type of the envelope that carries an invitation, whatever the scheme. */
    static final String INVITE = "member/invite";

    private static final int VERSION = 1;
    private static final Octets PREFIX = Octets.utf8("i");

    private Mail() {}

    /**
     * An invitation whose signature was verified.
     *
     * @param hash of the encoded invitation: its name
     * @param inviterKey Ed25519 key it was verified with
     * @param issuedAt by the inviter's clock
     */
    record Pending(Hash hash, Invitation invitation, Octets encoded, Octets inviterKey, Instant issuedAt) {}

    /** Keeps an invitation, or throws what is wrong with it. */
    static void keep(RowTx tx, LeafId self, Octets bytes, Octets senderKey, Instant now) {
        Invitation invitation = invitation(EnvelopeCodec.decodeSigned(bytes));
        Party me = new Party.Member(self);
        Envelope envelope = new EnvelopeGate(invitation.group(), me::equals, from -> Optional.of(senderKey))
                .admit(bytes)
                .envelope();
        boolean genuine = envelope.from().equals(new Party.Member(invitation.inviter()))
                && invitation.invitee().equals(self);
        if (!genuine) {
            throw new RejectedException(ErrorCode.WRONG_AUDIENCE, "an invitation of or for somebody else");
        }
        if (!now.isBefore(invitation.expiry()) || tx.count(Table.INBOX, PREFIX) >= MAX_INVITATIONS) {
            throw new RejectedException(ErrorCode.LIMIT_EXCEEDED, "the invitation has expired, or too many wait");
        }
        long same = pending(tx).stream()
                .filter(p -> p.invitation().inviter().equals(invitation.inviter()))
                .count();
        if (same >= MAX_PER_INVITER) {
            throw new RejectedException(ErrorCode.LIMIT_EXCEEDED, "too many invitations of one inviter");
        }
        Octets value = Cbor.encode(
                VERSION, envelope.body(), senderKey, envelope.issuedAt().getEpochSecond());
        tx.put(Table.INBOX, key(Sha256.hash(envelope.body())), value);
    }

    /** Removes what the sender of this invitation sent before for the same group. */
    static void removeLike(RowTx tx, Octets bytes) {
        Invitation invitation = invitation(EnvelopeCodec.decodeSigned(bytes));
        pending(tx).stream()
                .filter(p -> p.invitation().group().equals(invitation.group())
                        && p.invitation().inviter().equals(invitation.inviter()))
                .forEach(p -> remove(tx, p.hash()));
    }

    static List<Pending> pending(RowTx tx) {
        return tx.scan(Table.INBOX, PREFIX, Octets.EMPTY, MAX_INVITATIONS).stream()
                .map(Mail::decode)
                .toList();
    }

    static Optional<Pending> find(RowTx tx, Hash hash) {
        return tx.get(Table.INBOX, key(hash)).map(value -> decode(new Row(key(hash), value)));
    }

    static void remove(RowTx tx, Hash hash) {
        tx.delete(Table.INBOX, key(hash));
    }

    private static Invitation invitation(SignedEnvelope signed) {
        return InvitationCodec.decode(signed.envelope().body());
    }

    private static Octets key(Hash hash) {
        return Octets.concat(PREFIX, hash.value());
    }

    private static Pending decode(Row row) {
        CborReader in = new CborReader(row.value());
        in.struct(VERSION, 4);
        Octets encoded = in.octets(InvitationCodec.MAX_SIZE);
        Pending pending = new Pending(
                new Hash(row.key().slice(1, 33)),
                InvitationCodec.decode(encoded),
                encoded,
                in.octetsOf(32),
                Instant.ofEpochSecond(in.uint(Long.MAX_VALUE)));
        in.end();
        return pending;
    }
}
