// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.chain;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.Party;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;

/**
 * Which messages were taken, per sender and generation: the newest {@value #WINDOW} counters with their content's hash (protocol
 * notes F18, R28b). Rows of {@link Table#SEEN} in the caller's transaction: {@link #record} only what was accepted, so a refused
 * or forged message can never stand in for the genuine one.
 *
 * <p>A generation is never forgotten while the sender is: when a sender has more than {@value #ACTIVE}, the oldest is retired,
 * and everything of it is refused from then on. Stateless.
 */
public final class MessageCounters {

    /** Counters remembered per generation. */
    static final int WINDOW = 4096;

    /** Generations of a sender that may still send. */
    static final int ACTIVE = 4;

    /** Generations of a sender in all. */
    static final int MAX_GENERATIONS = 4096;

    private static final int VERSION = 1;
    private static final Octets GENERATIONS = Octets.of((byte) 1);
    private static final Octets COUNTERS = Octets.of((byte) 2);
    private static final Octets SERVER = Octets.of(new byte[32]);
    private static final int PRUNE = 16;

    /** One generation of a sender; {@code ordinal} tells which came first. */
    private record Generation(long ordinal, long highest, boolean retired) {

        Octets encode() {
            return Cbor.encode(VERSION, ordinal, highest, retired);
        }

        static Generation decode(Octets value) {
            var reader = new CborReader(value);
            reader.struct(VERSION, 4);
            var generation = new Generation(reader.uint(Long.MAX_VALUE), reader.uint(Long.MAX_VALUE), reader.bool());
            reader.end();
            return generation;
        }
    }

    /** What is known of this message. Writes nothing. */
    public Freshness check(RowTx tx, Envelope envelope, Hash hash) {
        Octets sender = sender(envelope);
        Optional<Generation> known =
                tx.get(Table.SEEN, generationKey(sender, envelope.generation())).map(Generation::decode);
        if (known.isEmpty()) {
            boolean room = tx.count(Table.SEEN, Octets.concat(GENERATIONS, sender)) < MAX_GENERATIONS;
            return room ? Freshness.FRESH : Freshness.EXHAUSTED;
        }
        if (known.get().retired() || envelope.counter() <= known.get().highest() - WINDOW) {
            return Freshness.REPLAYED;
        }
        return tx.get(Table.SEEN, counterKey(sender, envelope))
                .map(seen -> seen.equals(hash.value()) ? Freshness.REPEATED : Freshness.CONFLICTING)
                .orElse(Freshness.FRESH);
    }

    /** Remembers a message that was {@link Freshness#FRESH} in this transaction. */
    public void record(RowTx tx, Envelope envelope, Hash hash) {
        Octets sender = sender(envelope);
        Octets key = generationKey(sender, envelope.generation());
        Generation before = tx.get(Table.SEEN, key).map(Generation::decode).orElseGet(() -> begin(tx, sender));
        long highest = Math.max(before.highest(), envelope.counter());
        tx.put(Table.SEEN, counterKey(sender, envelope), hash.value());
        tx.put(Table.SEEN, key, new Generation(before.ordinal(), highest, false).encode());
        if (highest > before.highest()) {
            prune(tx, Octets.concat(COUNTERS, sender, envelope.generation()), highest - WINDOW);
        }
    }

    private Generation begin(RowTx tx, Octets sender) {
        List<Row> rows = tx.scan(Table.SEEN, Octets.concat(GENERATIONS, sender), Octets.EMPTY, MAX_GENERATIONS);
        long ordinal = rows.stream()
                        .mapToLong(r -> Generation.decode(r.value()).ordinal())
                        .max()
                        .orElse(0)
                + 1;
        List<Row> active = rows.stream()
                .filter(r -> !Generation.decode(r.value()).retired())
                .sorted(Comparator.comparingLong(
                        r -> Generation.decode(r.value()).ordinal()))
                .toList();
        for (Row row : active.subList(0, Math.max(0, active.size() - ACTIVE + 1))) {
            Generation old = Generation.decode(row.value());
            Octets generation = row.key().slice(33, 41);
            prune(tx, Octets.concat(COUNTERS, sender, generation), Long.MAX_VALUE);
            tx.put(Table.SEEN, row.key(), new Generation(old.ordinal(), old.highest(), true).encode());
        }
        return new Generation(ordinal, 0, false);
    }

    /** Deletes the counters under {@code prefix} up to {@code through}. */
    private static void prune(RowTx tx, Octets prefix, long through) {
        List<Row> rows;
        do {
            rows = tx.scan(Table.SEEN, prefix, Octets.EMPTY, PRUNE).stream()
                    .filter(r -> r.key().slice(41, 49).toLong() <= through)
                    .toList();
            rows.forEach(r -> tx.delete(Table.SEEN, r.key()));
        } while (rows.size() == PRUNE);
    }

    private static Octets sender(Envelope envelope) {
        return envelope.from() instanceof Party.Member m ? m.leaf().value() : SERVER;
    }

    private static Octets generationKey(Octets sender, Octets generation) {
        return Octets.concat(GENERATIONS, sender, generation);
    }

    private static Octets counterKey(Octets sender, Envelope envelope) {
        return Octets.concat(COUNTERS, sender, envelope.generation(), Octets.ofLong(envelope.counter()));
    }
}
