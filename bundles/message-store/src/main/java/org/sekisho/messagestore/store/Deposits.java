// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.sekisho.api.Caller;
import org.sekisho.api.ConflictException;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Operation;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Limit;
import org.sekisho.api.messagestore.Deposit;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.api.messagestore.MessageMeta;
import org.sekisho.api.messagestore.StoredMessage;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.store.MetaCodec;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.VerifyingKey;
import org.sekisho.crypto.pre.ChunkHash;
import org.sekisho.crypto.pre.GroupPoint;
import org.sekisho.messagestore.rows.CohortRow;
import org.sekisho.messagestore.rows.HeaderRow;
import org.sekisho.messagestore.rows.MessageRow;
import org.sekisho.messagestore.rows.Scopes;
import org.sekisho.messagestore.rows.StoreRows;
import org.sekisho.messagestore.rows.UploadRow;

/** Takes messages in: whole, checked, and at the epoch they belong to. */
final class Deposits {

    /** How long after a new epoch of the same cohort a message sealed before it is taken (protocol note 4.6.7, F10). */
    static final Duration LATE = Duration.ofSeconds(60);

    /** How long chunks wait for their message. */
    static final Duration UPLOAD_LIFE = Duration.ofHours(24);

    private static final String SIGNATURE = "pre msg";
    private static final int PAGE = 500;

    private final StoreParts parts;

    Deposits(StoreParts parts) {
        this.parts = parts;
    }

    void upload(Caller caller, GroupId group, MessageId message, int index, boolean last, Octets chunk) {
        GroupBook.Member member = parts.book().member(Operation.STORE_DEPOSIT, caller, group);
        Limit.atMost("chunk number", index, MessageMeta.MAX_CHUNKS - 1);
        Limit.atMost("chunk octets", chunk.size(), MessageMeta.CHUNK + MessageMeta.CHUNK_OVERHEAD);
        Limit.atMost(
                "message octets",
                (long) index * MessageMeta.CHUNK,
                parts.limits().messageOctets());
        LeafId leaf = member.entry().leaf();
        Hash hash = ChunkHash.of(index, last, chunk.toByteArray());
        UploadRow row = new UploadRow(leaf, chunk.size(), hash, parts.clock().instant());
        parts.rows().transact(Scopes.of(group), tx -> {
            if (StoreRows.position(tx, message).isPresent()) {
                throw new ConflictException(ErrorCode.ALREADY_EXISTS, "message " + message + " is stored already");
            }
            // the first chunk's owner owns the message's other chunks
            tx.scan(Table.STORE, UploadRow.prefix(message), Octets.EMPTY, 1).forEach(first -> {
                if (!UploadRow.decode(first.value()).by().equals(leaf)) {
                    throw new DeniedException(ErrorCode.FORBIDDEN, "somebody else uploads a message of this id");
                }
            });
            tx.put(Table.STORE, UploadRow.key(message, index), row.encode());
            tx.put(Table.CHUNK, MessageRow.chunk(message, index), chunk);
            return null;
        });
    }

    /** What was checked of a deposit before any row is touched. */
    private record Checked(Deposit deposit, MessageMeta meta, Hash hash, LeafId sender) {}

    /** The message as it was stored; empty when it was there already. */
    Optional<StoredMessage> deposit(Caller caller, GroupId group, Deposit deposit) {
        GroupBook.Member member = parts.book().member(Operation.STORE_DEPOSIT, caller, group);
        Checked checked = check(member, deposit);
        Octets scope = Scopes.of(group);
        Optional<StoredMessage> stored = parts.rows().transact(scope, tx -> store(tx, member.facts(), checked));
        parts.watchers().tell(group);
        return stored;
    }

    private Checked check(GroupBook.Member member, Deposit deposit) {
        MessageMeta meta = MetaCodec.decode(deposit.meta());
        GroupFacts facts = member.facts();
        if (!meta.group().equals(facts.group())
                || !meta.sender().equals(member.entry().leaf())) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "another group's or sender's message");
        }
        Limit.atMost("message octets", meta.plainLength(), parts.limits().messageOctets());
        if (deposit.hashes().size() != meta.chunks() || deposit.chunks().size() > meta.chunks()) {
            throw new RejectedException(ErrorCode.MALFORMED, "one hash for each chunk");
        }
        for (int i = 0; i < deposit.chunks().size(); i++) {
            byte[] chunk = deposit.chunks().get(i).toByteArray();
            checkChunk(meta, deposit.hashes(), i, chunk.length, ChunkHash.of(i, i == meta.chunks() - 1, chunk));
        }
        Hash metaHash = Sha256.hash(deposit.meta());
        Hash root = ChunkHash.body(deposit.hashes());
        try {
            VerifyingKey.of(member.entry().idKey())
                    .require(SIGNATURE, Cbor.encode(metaHash, root), deposit.signature());
        } catch (AuthenticationFailedException e) {
            throw new RejectedException(ErrorCode.BAD_SIGNATURE, "the message is not signed by its sender");
        }
        try {
            GroupPoint.received(deposit.header());
        } catch (AuthenticationFailedException e) {
            throw new RejectedException(ErrorCode.BAD_HEADER, "the header is not a point of the group");
        }
        return new Checked(deposit, meta, Sha256.hashArray("pre message", metaHash, root), meta.sender());
    }

    /** F10: across a new cohort there is no late window, since the body's key belongs to the cohort. */
    private void checkEpoch(GroupFacts facts, MessageMeta meta, long epoch) {
        GroupFacts.Epoch current = facts.current();
        GroupFacts.Epoch header = facts.at(epoch).orElseThrow(() -> stale(current));
        GroupFacts.Epoch origin = facts.named(meta.originEpochHash()).orElseThrow(() -> stale(current));
        long number = origin.header().epoch();
        boolean late = Duration.between(current.at(), parts.clock().instant()).compareTo(LATE) > 0;
        long oldest = late ? facts.epoch() : facts.epoch() - 1;
        boolean fits = header.header().cohort() == current.header().cohort()
                && origin.header().cohort() == current.header().cohort()
                && meta.cohort() == current.header().cohort()
                && number <= epoch
                && number >= oldest
                && epoch >= oldest;
        if (!fits) {
            throw stale(current);
        }
        if (!meta.rosterHash().equals(origin.header().rosterHash())) {
            throw new RejectedException(ErrorCode.MALFORMED, "not the roster of the epoch it names");
        }
    }

    private static ConflictException stale(GroupFacts.Epoch current) {
        return new ConflictException(
                ErrorCode.STALE_EPOCH,
                "the current epoch is " + current.header().epoch() + ", cohort "
                        + current.header().cohort());
    }

    private static void checkChunk(MessageMeta meta, List<Hash> hashes, int index, int size, Hash hash) {
        if (size != meta.sealedSize(index) || !hash.equals(hashes.get(index))) {
            throw new RejectedException(ErrorCode.MALFORMED, "chunk " + index + " is not the one that was signed");
        }
    }

    private Optional<StoredMessage> store(RowTx tx, GroupFacts facts, Checked checked) {
        MessageMeta meta = checked.meta();
        OptionalLong there = StoreRows.position(tx, meta.message());
        if (there.isPresent()) {
            requireSame(tx, there.getAsLong(), checked);
            return Optional.empty();
        }
        // what is there stays so in later epochs: who did not hear that must not store its text again
        checkEpoch(facts, meta, checked.deposit().epoch());
        takeUploads(tx, checked);
        long n = StoreRows.next(tx);
        Instant now = parts.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<Octets> inline = checked.deposit().chunks().stream()
                .findFirst()
                .filter(chunk -> meta.chunks() == 1 && chunk.size() <= MessageRow.MAX_INLINE);
        if (inline.isEmpty()) {
            List<Row> chunks = new ArrayList<>();
            for (int i = 0; i < checked.deposit().chunks().size(); i++) {
                chunks.add(new Row(
                        MessageRow.chunk(meta.message(), i),
                        checked.deposit().chunks().get(i)));
            }
            tx.putAll(Table.CHUNK, chunks);
        }
        var present = new MessageRow.Present(
                checked.deposit().meta(),
                checked.deposit().signature(),
                checked.deposit().hashes(),
                inline);
        StoreRows.put(
                tx,
                n,
                new MessageRow(
                        meta.message(), meta.cohort(), checked.sender(), checked.hash(), now, Optional.of(present)));
        StoreRows.place(tx, meta.message(), n);
        HeaderRow header = header(tx, facts, checked, n);
        return Optional.of(new StoredMessage(
                n,
                meta.message(),
                checked.hash(),
                Optional.of(new StoredMessage.Content(
                        present.meta(),
                        present.signature(),
                        present.hashes(),
                        header.epoch(),
                        header.header(),
                        inline.map(List::of).orElse(List.of()))),
                now));
    }

    /** A late writer's header is turned at once when its token is known; else it waits with the others of its epoch. */
    private HeaderRow header(RowTx tx, GroupFacts facts, Checked checked, long n) {
        long cohort = checked.meta().cohort();
        HeaderRow header =
                HeaderRow.deposited(checked.deposit().epoch(), checked.deposit().header());
        if (header.epoch() < facts.epoch()) {
            header = parts.turner().turn(tx.scope(), StoreRows.tokens(tx, cohort), header, facts.epoch());
        }
        tx.put(Table.HEADER, HeaderRow.key(cohort, n), header.encode());
        Optional<CohortRow> known = StoreRows.cohort(tx, cohort);
        if (known.isEmpty()) {
            long first = facts.first(cohort).orElseThrow().header().epoch();
            StoreRows.put(tx, new CohortRow(cohort, first, List.of(header.epoch())));
        } else if (!known.get().epochs().contains(header.epoch())) {
            StoreRows.put(tx, known.get().with(header.epoch()));
        }
        return header;
    }

    private static void requireSame(RowTx tx, long n, Checked checked) {
        MessageRow row = StoreRows.message(tx, n).orElseThrow();
        if (!row.hash().equals(checked.hash())) {
            throw new ConflictException(ErrorCode.ALREADY_EXISTS, "another message has this id");
        }
    }

    private static void takeUploads(RowTx tx, Checked checked) {
        MessageMeta meta = checked.meta();
        int inline = checked.deposit().chunks().size();
        Octets after = inline == 0 ? Octets.EMPTY : UploadRow.key(meta.message(), inline - 1);
        int next = inline;
        while (next < meta.chunks()) {
            List<Row> page = tx.scan(Table.STORE, UploadRow.prefix(meta.message()), after, PAGE);
            for (Row row : page) {
                if (next == meta.chunks() || !row.key().equals(UploadRow.key(meta.message(), next))) {
                    throw missing(next);
                }
                UploadRow upload = UploadRow.decode(row.value());
                if (!upload.by().equals(checked.sender())) {
                    throw new DeniedException(ErrorCode.FORBIDDEN, "somebody else's upload");
                }
                checkChunk(meta, checked.deposit().hashes(), next, upload.size(), upload.hash());
                next++;
            }
            if (page.isEmpty()) {
                throw missing(next);
            }
            after = page.get(page.size() - 1).key();
        }
        forgetUploads(tx, meta.message());
    }

    private static RejectedException missing(int index) {
        return new RejectedException(ErrorCode.MALFORMED, "chunk " + index + " was not uploaded");
    }

    private static void forgetUploads(RowTx tx, MessageId message) {
        List<Row> page;
        while (!(page = tx.scan(Table.STORE, UploadRow.prefix(message), Octets.EMPTY, PAGE)).isEmpty()) {
            page.forEach(row -> tx.delete(Table.STORE, row.key()));
        }
    }

    /** Deletes chunks whose message never came. */
    void forgetOld(Octets scope) {
        Instant before = parts.clock().instant().minus(UPLOAD_LIFE);
        Octets after = Octets.EMPTY;
        while (true) {
            Octets from = after;
            List<Row> page = parts.rows().read(scope, tx -> tx.scan(Table.STORE, UploadRow.prefix(), from, PAGE));
            List<Row> old = page.stream()
                    .filter(row -> UploadRow.decode(row.value()).at().isBefore(before))
                    .toList();
            if (!old.isEmpty()) {
                parts.rows().transact(scope, tx -> {
                    for (Row row : old) {
                        if (tx.delete(Table.STORE, row.key())) {
                            tx.delete(Table.CHUNK, UploadRow.chunk(row.key()));
                        }
                    }
                    return null;
                });
            }
            if (page.size() < PAGE) {
                return;
            }
            after = page.get(page.size() - 1).key();
        }
    }
}
