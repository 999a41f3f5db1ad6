// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.messagestore.KeptStatement;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;

/** Reads and writes the rows by what they are. */
public final class StoreRows {

    private static final Octets NEXT = Octets.utf8("n");
    private static final int PAGE = 500;

    private StoreRows() {}

    /** Position of the newest message; 0 before the first. */
    public static long head(RowTx tx) {
        return tx.get(Table.STORE, NEXT).map(Octets::toLong).orElse(0L);
    }

    /** The position of one more message. */
    public static long next(RowTx tx) {
        long n = head(tx) + 1;
        tx.put(Table.STORE, NEXT, Octets.ofLong(n));
        return n;
    }

    public static OptionalLong position(RowTx tx, MessageId message) {
        return tx.get(Table.STORE, byId(message))
                .map(v -> OptionalLong.of(v.toLong()))
                .orElse(OptionalLong.empty());
    }

    /** Notes where a message is. */
    public static void place(RowTx tx, MessageId message, long n) {
        tx.insert(Table.STORE, byId(message), Octets.ofLong(n));
    }

    public static Optional<MessageRow> message(RowTx tx, long n) {
        return tx.get(Table.MESSAGE, MessageRow.key(n)).map(MessageRow::decode);
    }

    public static void put(RowTx tx, long n, MessageRow row) {
        tx.put(Table.MESSAGE, MessageRow.key(n), row.encode());
    }

    public static List<CohortRow> cohorts(RowTx tx) {
        return all(tx, CohortRow.prefix(), CohortRow::decode);
    }

    public static Optional<CohortRow> cohort(RowTx tx, long cohort) {
        Octets key = CohortRow.key(cohort);
        return tx.get(Table.STORE, key).map(value -> CohortRow.decode(key, value));
    }

    public static void put(RowTx tx, CohortRow row) {
        tx.put(Table.STORE, row.key(), row.encode());
    }

    public static List<TokenRow> tokens(RowTx tx) {
        return all(tx, TokenRow.prefix(), (key, value) -> TokenRow.decode(value));
    }

    public static List<TokenRow> tokens(RowTx tx, long cohort) {
        return all(tx, TokenRow.prefix(cohort), (key, value) -> TokenRow.decode(value));
    }

    public static Optional<TokenRow> token(RowTx tx, Octets key) {
        return tx.get(Table.STORE, key).map(TokenRow::decode);
    }

    public static void put(RowTx tx, TokenRow row) {
        tx.put(Table.STORE, row.key(), row.encode());
    }

    public static List<PointRow> points(RowTx tx, long cohort) {
        return all(tx, PointRow.prefix(cohort), PointRow::decode);
    }

    public static List<PointRow> points(RowTx tx, long cohort, long epoch) {
        return all(tx, PointRow.prefix(cohort, epoch), PointRow::decode);
    }

    public static void put(RowTx tx, PointRow row) {
        tx.put(Table.STORE, row.key(), row.encode());
    }

    public static boolean granted(RowTx tx, long cohort, LeafId leaf) {
        return tx.get(Table.STORE, grant(cohort, leaf)).isPresent();
    }

    /** Notes that a leaf was granted a cohort. */
    public static void mark(RowTx tx, Octets grant) {
        tx.insert(Table.STORE, grant, Octets.EMPTY);
    }

    /** Keeps a signed statement for {@code reader}, or for everybody, in the order of coming; false when it is there. */
    public static boolean keep(RowTx tx, Octets once, Octets reader, Octets statement) {
        if (!tx.insert(Table.STORE, once, Octets.EMPTY)) {
            return false;
        }
        long n = tx.last(Table.STORE, Octets.utf8("s"))
                        .map(row -> row.key().slice(1, 9).toLong())
                        .orElse(0L)
                + 1;
        tx.put(
                Table.STORE,
                Octets.concat(Octets.utf8("s"), Octets.ofLong(n)),
                Octets.concat(Octets.of((byte) reader.size()), reader, statement));
        return true;
    }

    /** Statements kept after {@code after} for {@code reader}. */
    public static List<KeptStatement> kept(RowTx tx, long after, int limit, Octets reader) {
        List<KeptStatement> found = new ArrayList<>();
        Octets from = Octets.concat(Octets.utf8("s"), Octets.ofLong(after));
        for (Row row : tx.scan(Table.STORE, Octets.utf8("s"), from, limit)) {
            int size = row.value().toByteArray()[0];
            Octets to = row.value().slice(1, 1 + size);
            if (to.isEmpty() || to.equals(reader)) {
                found.add(new KeptStatement(
                        row.key().slice(1, 9).toLong(),
                        row.value().slice(1 + size, row.value().size())));
            }
        }
        return found;
    }

    public static Octets grant(long cohort, LeafId leaf) {
        return Octets.concat(Octets.utf8("g"), Octets.ofLong(cohort), leaf.value());
    }

    public static Octets lastSeen(LeafId removed, LeafId by) {
        return Octets.concat(Octets.utf8("l"), removed.value(), by.value());
    }

    private static Octets byId(MessageId message) {
        return Octets.concat(Octets.utf8("i"), message.value());
    }

    private static <T> List<T> all(RowTx tx, Octets prefix, BiFunction<Octets, Octets, T> decode) {
        List<T> found = new ArrayList<>();
        Octets after = Octets.EMPTY;
        for (List<Row> page; !(page = tx.scan(Table.STORE, prefix, after, PAGE)).isEmpty(); ) {
            page.forEach(row -> found.add(decode.apply(row.key(), row.value())));
            after = page.get(page.size() - 1).key();
            if (page.size() < PAGE) {
                break;
            }
        }
        return found;
    }
}
