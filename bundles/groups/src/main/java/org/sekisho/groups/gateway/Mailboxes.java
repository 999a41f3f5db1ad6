// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.Caller;
import org.sekisho.api.ConflictException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.Operation;
import org.sekisho.api.Page;
import org.sekisho.api.Registration;
import org.sekisho.api.RejectedException;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.group.Limit;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.api.groups.Mailbox;
import org.sekisho.api.groups.Receipt;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.group.EnvelopeCodec;
import org.sekisho.groups.chain.EnvelopeGate;
import org.sekisho.groups.chain.EnvelopeGate.Admitted;

/** Mailboxes: one scope per leaf, a log that its owner empties. */
final class Mailboxes implements Mailbox {

    /** Longest encoded envelope for a mailbox, in octets. */
    static final int MAX_SIZE = 1 << 20;

    /** Entries of one sender that one mailbox keeps. */
    static final int MAX_PER_SENDER = MAX_ENTRIES / 10;

    /** Most entries forgotten by one transaction. */
    private static final int PAGE = 500;

    private static final Octets OCTETS = Octets.utf8("octets");
    private static final Octets OCTETS_OF = Octets.utf8("octets/");
    private static final Octets BY_SENDER = Octets.of((byte) 7);
    private static final Octets SENDER_OF = Octets.of((byte) 8);

    private final GatewayParts parts;

    Mailboxes(GatewayParts parts) {
        this.parts = parts;
    }

    @Override
    public Receipt send(Caller caller, LeafId to, Octets bytes) {
        Operation.MAILBOX_SEND.demand(caller);
        LeafId from = caller.requireLeaf();
        Limit.atMost("envelope octets", bytes.size(), MAX_SIZE);
        Participant sender =
                parts.directory().participant(from).orElseThrow(() -> new NotFoundException("no such participant"));
        if (parts.directory()
                .participant(to)
                .filter(p -> p.revokedAt().isEmpty())
                .isEmpty()) {
            throw new NotFoundException("no such participant");
        }
        var gate = new EnvelopeGate(
                EnvelopeCodec.decodeSigned(bytes).envelope().group(),
                new Party.Member(to)::equals,
                party -> party.equals(new Party.Member(from)) ? Optional.of(sender.idKey()) : Optional.empty());
        Admitted message = gate.admit(bytes, from);
        if (!message.signed().slices().isEmpty()) {
            // not under the signature, of no use to one addressee, and they would outlive the letter
            throw new RejectedException(ErrorCode.MALFORMED, "a letter has no slices");
        }
        Receipt receipt = parts.rows().transact(to.value(), tx -> put(tx, from, message));
        parts.watchers().tell(to.value());
        return receipt;
    }

    private Receipt put(RowTx tx, LeafId from, Admitted message) {
        switch (parts.counters().check(tx, message.envelope(), message.hash())) {
            case REPEATED -> {
                return new Receipt(0, Receipt.State.REPEATED);
            }
            case REPLAYED, CONFLICTING ->
                throw new ConflictException(ErrorCode.REPLAYED, "this message was taken before");
            case FRESH -> parts.counters().record(tx, message.envelope(), message.hash());
        }
        Octets own = Octets.concat(BY_SENDER, from.value());
        if (tx.count(Table.LOG, Octets.EMPTY) >= MAX_ENTRIES || tx.count(Table.SEEN, own) >= MAX_PER_SENDER) {
            throw new UnavailableException(ErrorCode.QUEUE_FULL, "the mailbox is full");
        }
        long octets = octets(message.signed());
        requireRoom(tx, from, octets);
        long n = parts.log().append(tx, message.signed(), parts.clock().now());
        addOctets(tx, from, octets);
        tx.put(Table.SEEN, Octets.concat(own, Octets.ofLong(n)), Octets.EMPTY);
        tx.put(Table.SEEN, Octets.concat(SENDER_OF, Octets.ofLong(n)), from.value());
        return new Receipt(n, Receipt.State.DONE);
    }

    /** As the log keeps it. */
    private static long octets(SignedEnvelope signed) {
        return EnvelopeCodec.encode(EnvelopeCodec.bare(signed)).size();
    }

    private void requireRoom(RowTx tx, LeafId from, long more) {
        Quotas quotas = parts.quotas();
        if (waiting(tx, OCTETS) + more > quotas.mailboxOctets()
                || waiting(tx, octetsOf(from)) + more > quotas.mailboxOctetsPerSender()) {
            throw new UnavailableException(ErrorCode.QUEUE_FULL, "the mailbox is full");
        }
    }

    private static void addOctets(RowTx tx, LeafId from, long more) {
        for (Octets counter : List.of(OCTETS, octetsOf(from))) {
            // letters of an earlier version were not counted
            long next = Math.max(0, waiting(tx, counter) + more);
            if (next == 0) {
                tx.delete(Table.COUNTER, counter);
            } else {
                tx.put(Table.COUNTER, counter, Octets.ofLong(next));
            }
        }
    }

    private static long waiting(RowTx tx, Octets counter) {
        return tx.get(Table.COUNTER, counter).map(Octets::toLong).orElse(0L);
    }

    private static Octets octetsOf(LeafId sender) {
        return Octets.concat(OCTETS_OF, sender.value());
    }

    @Override
    public List<LogEntry> read(Caller caller, long after, int limit) {
        Operation.MAILBOX_READ.demand(caller);
        LeafId leaf = caller.requireLeaf();
        return parts.rows().read(leaf.value(), tx -> parts.log()
                .read(tx, leaf, new GroupLog.Range(after, Long.MAX_VALUE), Page.checkLimit(limit), (n, to) -> true));
    }

    @Override
    public void acknowledge(Caller caller, long n) {
        Operation.MAILBOX_READ.demand(caller);
        Octets scope = caller.requireLeaf().value();
        boolean more = true;
        while (more) {
            more = parts.rows().transact(scope, tx -> forget(tx, n));
        }
    }

    private boolean forget(RowTx tx, long through) {
        List<Row> rows = tx.scan(Table.SEEN, SENDER_OF, Octets.EMPTY, PAGE).stream()
                .filter(row -> row.key().slice(1, 9).toLong() <= through)
                .toList();
        for (Row row : rows) {
            Octets n = row.key().slice(1, 9);
            long octets = parts.log().bytes(tx, n.toLong()).map(Octets::size).orElse(0);
            addOctets(tx, LeafId.of(row.value().toByteArray()), -octets);
            parts.log().delete(tx, n.toLong());
            tx.delete(Table.SEEN, row.key());
            tx.delete(Table.SEEN, Octets.concat(BY_SENDER, row.value(), n));
        }
        return rows.size() == PAGE;
    }

    @Override
    public Registration watch(Caller caller, Runnable onNews) {
        Operation.MAILBOX_READ.demand(caller);
        return parts.watchers().add(caller.requireLeaf().value(), onNews);
    }
}
