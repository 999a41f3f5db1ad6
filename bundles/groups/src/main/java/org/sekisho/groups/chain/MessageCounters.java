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
import org.sekisho.codec.MalformedException;

/**
 * Which messages were taken, per sender and generation: the newest {@value #WINDOW} counters with their content's hash (protocol
 * notes F18, R28b). Rows of {@link Table#SEEN} in the caller's transaction: {@link #record} only what was accepted, so a refused
 * or forged message can never stand in for the genuine one.
 *
 * <p>When a sender has more than {@value #ACTIVE} generations, the oldest is retired, and everything of it is refused from then on.
 * Of more than {@value #MAX_GENERATIONS} the oldest retired one is forgotten; instead everything of an unknown generation is refused
 * that says it was sent no later than the newest message of a forgotten one. So a sender may begin as often as it likes, as
 * long as its clock goes on. Stateless.
 */
public final class MessageCounters {

    /** Counters remembered per generation. */
    static final int WINDOW = 4096;

    /** Generations of a sender that may still send. */
    static final int ACTIVE = 4;

    /** Generations of a sender that are remembered. */
    static final int MAX_GENERATIONS = 256;

    private static final int VERSION = 2;
    private static final int VERSION_1 = 1;
    private static final long UNKNOWN = -1;
    private static final Octets GENERATIONS = Octets.of((byte) 1);
    private static final Octets COUNTERS = Octets.of((byte) 2);
    private static final Octets FLOOR = Octets.of((byte) 3);
    private static final Octets SERVER = Octets.of(new byte[32]);
    private static final int PRUNE = 16;

    /** Earlier versions kept up to this many. */
    private static final int MAX_SCAN = 4096;

    /**
     * One generation of a sender.
     *
     * @param ordinal which came first
     * @param newest when its newest message says that it was sent, in milliseconds; unknown for what an earlier version stored
     */
    private record Generation(long ordinal, long highest, boolean retired, long newest) {

        Octets encode() {
            return Cbor.encode(VERSION, ordinal, highest, retired, newest);
        }

        static Generation decode(Octets value) {
            var reader = new CborReader(value);
            boolean first = reader.array(5) == 4;
            if (reader.integer() != (first ? VERSION_1 : VERSION)) {
                throw new MalformedException("unknown version", 0);
            }
            var generation = new Generation(
                    reader.uint(Long.MAX_VALUE),
                    reader.uint(Long.MAX_VALUE),
                    reader.bool(),
                    first ? UNKNOWN : reader.integer());
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
            boolean later = tx.get(Table.SEEN, Octets.concat(FLOOR, sender))
                    .map(Octets::toLong)
                    .filter(floor -> envelope.issuedAt().toEpochMilli() <= floor)
                    .isEmpty();
            return later ? Freshness.FRESH : Freshness.REPLAYED;
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
        Generation before =
                tx.get(Table.SEEN, key).map(Generation::decode).orElseGet(() -> begin(tx, sender, envelope));
        long newest = Math.max(before.newest(), envelope.issuedAt().toEpochMilli());
        long highest = Math.max(before.highest(), envelope.counter());
        tx.put(Table.SEEN, counterKey(sender, envelope), hash.value());
        tx.put(Table.SEEN, key, new Generation(before.ordinal(), highest, false, newest).encode());
        if (highest > before.highest()) {
            prune(tx, Octets.concat(COUNTERS, sender, envelope.generation()), highest - WINDOW);
        }
    }

    private Generation begin(RowTx tx, Octets sender, Envelope first) {
        List<Row> rows = tx.scan(Table.SEEN, Octets.concat(GENERATIONS, sender), Octets.EMPTY, MAX_SCAN);
        forget(tx, sender, rows, first);
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
            tx.put(Table.SEEN, row.key(), new Generation(old.ordinal(), old.highest(), true, old.newest()).encode());
        }
        return new Generation(ordinal, 0, false, UNKNOWN);
    }

    /** Makes room for one more: retired generations, the oldest first. */
    private static void forget(RowTx tx, Octets sender, List<Row> rows, Envelope first) {
        Octets key = Octets.concat(FLOOR, sender);
        List<Row> old = rows.stream()
                .filter(r -> Generation.decode(r.value()).retired())
                .sorted(Comparator.comparingLong(
                        r -> Generation.decode(r.value()).ordinal()))
                .limit(Math.max(0, rows.size() - MAX_GENERATIONS + 1))
                .toList();
        for (Row row : old) {
            long newest = Generation.decode(row.value()).newest();
            long floor = newest == UNKNOWN ? first.issuedAt().toEpochMilli() - 1 : newest;
            long before = tx.get(Table.SEEN, key).map(Octets::toLong).orElse(Long.MIN_VALUE);
            tx.put(Table.SEEN, key, Octets.ofLong(Math.max(before, floor)));
            tx.delete(Table.SEEN, row.key());
        }
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
