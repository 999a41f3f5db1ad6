// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.Caller;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.Operation;
import org.sekisho.api.Page;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Limit;
import org.sekisho.api.group.Right;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.api.messagestore.MessageMeta;
import org.sekisho.api.messagestore.MessageStore;
import org.sekisho.api.messagestore.StoredMessage;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.store.MetaCodec;
import org.sekisho.messagestore.rows.HeaderRow;
import org.sekisho.messagestore.rows.MessageRow;
import org.sekisho.messagestore.rows.Scopes;
import org.sekisho.messagestore.rows.StoreRows;
import org.sekisho.messagestore.rows.TokenRow;

/** Gives messages back. What a transaction has read is turned after it, so readers hold no lock while they compute. */
final class Readings {

    private final StoreParts parts;

    Readings(StoreParts parts) {
        this.parts = parts;
    }

    /** A message as read, before its header is turned. */
    private record Found(long n, MessageRow row, Optional<HeaderRow> header) {}

    private record Seen(List<Found> found, Map<Long, List<TokenRow>> tokens, long last) {}

    Page<StoredMessage> list(Caller caller, GroupId group, long epoch, Optional<String> cursor, int limit) {
        GroupBook.Member member = parts.book().member(Operation.STORE_READ, caller, group);
        int most = Page.checkLimit(limit);
        long after = cursor.map(Readings::position).orElse(0L);
        Octets scope = Scopes.of(group);
        Seen seen = parts.rows().read(scope, tx -> scan(tx, member, after, most));
        List<StoredMessage> items = new ArrayList<>();
        for (Found found : seen.found()) {
            items.add(view(scope, found, seen.tokens(), epoch, member.facts().epoch()));
        }
        return new Page<>(items, seen.last() == 0 ? Optional.empty() : Optional.of(cursor(seen.last())));
    }

    /** {@code last} is 0 at the end of the list, so that a page which lets nothing through does not end it. */
    private Seen scan(RowTx tx, GroupBook.Member member, long after, int limit) {
        List<Row> rows = tx.scan(Table.MESSAGE, Octets.EMPTY, MessageRow.key(after), limit);
        Map<Long, Boolean> open = new HashMap<>();
        Map<Long, Map<Long, HeaderRow>> headers = new HashMap<>();
        Map<Long, List<TokenRow>> tokens = new HashMap<>();
        List<Found> found = new ArrayList<>();
        for (Row row : rows) {
            long n = row.key().toLong();
            MessageRow message = MessageRow.decode(row.value());
            long cohort = message.cohort();
            if (!open.computeIfAbsent(cohort, c -> entitled(tx, member, c))) {
                continue;
            }
            tokens.computeIfAbsent(cohort, c -> StoreRows.tokens(tx, c));
            Map<Long, HeaderRow> ofCohort = headers.computeIfAbsent(cohort, c -> headers(tx, c, n, rows.size()));
            found.add(new Found(n, message, Optional.ofNullable(ofCohort.get(n))));
        }
        long last = rows.size() < limit ? 0 : rows.get(rows.size() - 1).key().toLong();
        return new Seen(found, tokens, last);
    }

    private static Map<Long, HeaderRow> headers(RowTx tx, long cohort, long from, int limit) {
        Map<Long, HeaderRow> found = new HashMap<>();
        for (Row row : tx.scan(Table.HEADER, HeaderRow.prefix(cohort), HeaderRow.key(cohort, from - 1), limit)) {
            found.put(HeaderRow.position(row.key()), HeaderRow.decode(row.value()));
        }
        return found;
    }

    StoredMessage message(Caller caller, GroupId group, MessageId message, long epoch) {
        GroupBook.Member member = parts.book().member(Operation.STORE_READ, caller, group);
        Octets scope = Scopes.of(group);
        record One(Found found, List<TokenRow> tokens) {}
        One one = parts.rows().read(scope, tx -> {
            Found found = find(tx, member, message);
            return new One(found, StoreRows.tokens(tx, found.row().cohort()));
        });
        return view(
                scope,
                one.found(),
                Map.of(one.found().row().cohort(), one.tokens()),
                epoch,
                member.facts().epoch());
    }

    private Found find(RowTx tx, GroupBook.Member member, MessageId message) {
        long n = StoreRows.position(tx, message).orElseThrow(() -> unknown(message));
        MessageRow row = StoreRows.message(tx, n).orElseThrow(() -> unknown(message));
        if (!entitled(tx, member, row.cohort())) {
            throw unknown(message);
        }
        return new Found(
                n, row, tx.get(Table.HEADER, HeaderRow.key(row.cohort(), n)).map(HeaderRow::decode));
    }

    List<Octets> chunks(Caller caller, GroupId group, MessageId message, int first, int count) {
        GroupBook.Member member = parts.book().member(Operation.STORE_READ, caller, group);
        Limit.atMost("chunk number", first, MessageMeta.MAX_CHUNKS - 1);
        Limit.atMost("chunks", count, MessageMeta.MAX_CHUNKS);
        return parts.rows().read(Scopes.of(group), tx -> {
            MessageRow.Present present =
                    find(tx, member, message).row().present().orElseThrow(() -> unknown(message));
            MessageMeta meta = MetaCodec.decode(present.meta());
            if (first >= meta.chunks() || count < 1) {
                throw new RejectedException(ErrorCode.MALFORMED, "the message has " + meta.chunks() + " chunks");
            }
            if (present.inline().isPresent()) {
                return List.of(present.inline().get());
            }
            int most = Math.min(count, Math.max(1, MessageStore.MAX_RANGE / (meta.chunkSize() + 16)));
            return tx.scan(Table.CHUNK, message.value(), MessageRow.chunkBefore(message, first), most).stream()
                    .map(Row::value)
                    .toList();
        });
    }

    StoredMessage delete(Caller caller, GroupId group, MessageId message) {
        GroupBook.Member member = parts.book().member(Operation.STORE_DEPOSIT, caller, group);
        long n = parts.rows().transact(Scopes.of(group), tx -> {
            Found found = find(tx, member, message);
            Set<Right> rights = member.entry().rights();
            if (!found.row().sender().equals(member.entry().leaf())
                    && !rights.contains(Right.ADMIN)
                    && !rights.contains(Right.REMOVE)) {
                throw new DeniedException(ErrorCode.FORBIDDEN, "only its author or an administrator deletes a message");
            }
            if (found.row().present().isPresent()) {
                int chunks = found.row().present().get().hashes().size();
                for (int i = 0; i < chunks; i++) {
                    tx.delete(Table.CHUNK, MessageRow.chunk(message, i));
                }
                tx.delete(Table.HEADER, HeaderRow.key(found.row().cohort(), found.n()));
                StoreRows.put(tx, found.n(), found.row().deleted());
            }
            return found.n();
        });
        parts.watchers().tell(group);
        MessageRow row = parts.rows()
                .read(Scopes.of(group), tx -> StoreRows.message(tx, n))
                .orElseThrow();
        return new StoredMessage(n, message, row.hash(), Optional.empty(), row.at());
    }

    private StoredMessage view(Octets scope, Found found, Map<Long, List<TokenRow>> tokens, long asked, long current) {
        MessageRow row = found.row();
        if (row.present().isEmpty() || found.header().isEmpty()) {
            return new StoredMessage(found.n(), row.message(), row.hash(), Optional.empty(), row.at());
        }
        MessageRow.Present present = row.present().get();
        HeaderRow header = parts.turner()
                .turn(
                        scope,
                        tokens.getOrDefault(row.cohort(), List.of()),
                        found.header().get(),
                        Math.min(asked, current));
        return new StoredMessage(
                found.n(),
                row.message(),
                row.hash(),
                Optional.of(new StoredMessage.Content(
                        present.meta(),
                        present.signature(),
                        present.hashes(),
                        header.epoch(),
                        header.header(),
                        present.inline().map(List::of).orElse(List.of()))),
                row.at());
    }

    /** F7: under FROM_JOIN, who was there when the cohort began, or was granted it. */
    static boolean entitled(RowTx tx, GroupBook.Member member, long cohort) {
        return member.facts().wasThere(member.entry(), cohort)
                || StoreRows.granted(tx, cohort, member.entry().leaf());
    }

    private static NotFoundException unknown(MessageId message) {
        return new NotFoundException("no message " + message);
    }

    private static String cursor(long n) {
        return Octets.ofLong(n).base64();
    }

    private static long position(String cursor) {
        try {
            Octets octets = Octets.ofBase64(cursor);
            if (octets.size() == 8 && octets.toLong() >= 0) {
                return octets.toLong();
            }
        } catch (IllegalArgumentException | RejectedException e) {
            throw new RejectedException(ErrorCode.MALFORMED, "not a cursor of this list");
        }
        throw new RejectedException(ErrorCode.MALFORMED, "not a cursor of this list");
    }
}
