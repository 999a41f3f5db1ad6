// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.util.Optional;
import org.sekisho.api.DeniedException;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.Party;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.codec.group.EnvelopeCodec;
import org.sekisho.codec.group.InvitationCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the mailbox: invitations are kept for the application, letters go to their groups. */
final class MailReader {

    private static final Logger LOG = LoggerFactory.getLogger(MailReader.class);

    private final MemberParts parts;
    private final Settling settling;
    private final Octets mailScope;

    MailReader(MemberParts parts, Settling settling) {
        this.parts = parts;
        this.settling = settling;
        this.mailScope = parts.self().leaf().value();
    }

    long cursor() {
        return parts.rows().read(mailScope, tx -> Counters.get(tx, Counters.MAIL));
    }

    Optional<LeafId> stranger(LogEntry entry) {
        Envelope envelope;
        try {
            envelope = EnvelopeCodec.decodeSigned(entry.bytes()).envelope();
        } catch (RejectedException malformed) {
            return Optional.empty();
        }
        if (entry.n() <= cursor() || !(envelope.from() instanceof Party.Member from)) {
            return Optional.empty();
        }
        boolean known = parts.rows().read(envelope.group().value(), tx -> ChainRows.find(tx)
                .filter(s -> s.status() != MemberStatus.REMOVED)
                .filter(s -> EnvelopeIntake.key(tx, s, from).isPresent())
                .isPresent());
        return known ? Optional.empty() : Optional.of(from.leaf());
    }

    void take(LogEntry entry, Optional<Octets> senderKey) {
        if (entry.n() <= cursor()) {
            return;
        }
        try {
            Envelope envelope = EnvelopeCodec.decodeSigned(entry.bytes()).envelope();
            GroupId group = envelope.group();
            Optional<GroupState> known =
                    parts.rows().read(group.value(), ChainRows::find).filter(s -> s.status() != MemberStatus.REMOVED);
            boolean invitation = envelope.type().equals(Mail.INVITE);
            if (invitation && known.filter(state -> isAhead(state, envelope)).isPresent()) {
                // nobody sees it until it can be answered: only of members, and one of each
                key(group, known.get(), envelope.from()).ifPresent(key -> keep(entry, key, true));
            } else if (known.isPresent()) {
                takeGroupMail(group, entry, senderKey);
            } else if (invitation) {
                senderKey.ifPresent(key -> keep(entry, key, false));
            }
        } catch (RejectedException | DeniedException refused) {
            parts.rows().transact(mailScope, tx -> Counters.next(tx, Counters.REFUSED));
        }
        parts.rows().transact(mailScope, tx -> {
            Counters.set(tx, Counters.MAIL, entry.n());
            return entry;
        });
    }

    /** The mailbox may be ahead of the log that tells a member of its removal: then the invitation is of a later epoch. */
    private static boolean isAhead(GroupState state, Envelope letter) {
        return state.status() == MemberStatus.MEMBER
                && InvitationCodec.decode(letter.body()).epoch() > state.epoch();
    }

    private Optional<Octets> key(GroupId group, GroupState state, Party from) {
        return parts.rows().read(group.value(), tx -> EnvelopeIntake.key(tx, state, from));
    }

    private void keep(LogEntry entry, Octets senderKey, boolean instead) {
        parts.rows().transact(mailScope, tx -> {
            if (instead) {
                Mail.removeLike(tx, entry.bytes());
            }
            Mail.keep(
                    tx,
                    parts.self().leaf(),
                    entry.bytes(),
                    senderKey,
                    parts.clock().now());
            return entry;
        });
    }

    private void takeGroupMail(GroupId group, LogEntry entry, Optional<Octets> senderKey) {
        parts.rows().transact(group.value(), tx -> {
            // the mailbox's own cursor is in another scope: this one makes it exactly once
            if (entry.n() > Counters.get(tx, Counters.MAIL)) {
                parts.envelopeIntake().fromMail(tx, entry.bytes(), senderKey);
                Counters.set(tx, Counters.MAIL, entry.n());
            }
            return entry;
        });
        try {
            settling.settle(group);
        } catch (RuntimeException e) {
            // the letter is kept in its group and settled with the next tick: one group does not hold up the mailbox
            LOG.warn("{}: letters wait: {}", group, e.toString());
        }
    }
}
