// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;

/**
 * Events accepted and not yet handled, in order; and those set aside, the newest {@value #MAX_DEAD} of an instance and for {@link
 * #DEAD_KEPT} of the host's life (protocol note R40). Rows of the caller's transaction.
 */
public final class Inbox {

    /** Most events of an instance that stay set aside; of more, the oldest go. */
    public static final int MAX_DEAD = 256;

    /** How long an event stays set aside. */
    public static final Duration DEAD_KEPT = Duration.ofDays(30);

    private static final int VERSION = 1;

    /** Of what is set aside: {@code [2, lived, exception, event]}; 1 did not say when. */
    private static final int DEAD_VERSION = 2;

    private static final int PAGE = 16;

    private final HostClock clock;

    public Inbox(HostClock clock) {
        this.clock = clock;
    }

    /** An event at the head of the queue and how often it has failed. */
    public record Waiting(long n, int attempts, Event event) {}

    /** Appends. Limits are the caller's. */
    public void add(RowTx tx, long instance, Event event) {
        long n = tx.last(Table.INBOX, InstanceStore.key(instance))
                .map(row -> number(row) + 1)
                .orElse(1L);
        put(tx, instance, new Waiting(n, 0, event));
    }

    public Optional<Waiting> first(RowTx tx, long instance) {
        return tx.scan(Table.INBOX, InstanceStore.key(instance), Octets.EMPTY, 1).stream()
                .findFirst()
                .map(Inbox::decode);
    }

    public long size(RowTx tx, long instance) {
        return tx.count(Table.INBOX, InstanceStore.key(instance));
    }

    void remove(RowTx tx, long instance, long n) {
        tx.delete(Table.INBOX, key(instance, n));
    }

    void put(RowTx tx, long instance, Waiting w) {
        tx.put(Table.INBOX, key(instance, w.n()), Cbor.encode(VERSION, w.attempts(), EventCodec.encode(w.event())));
    }

    void setAside(RowTx tx, long instance, Waiting w, String exception) {
        long n = tx.last(Table.DEAD, InstanceStore.key(instance))
                .map(row -> number(row) + 1)
                .orElse(1L);
        Octets event = EventCodec.encode(w.event());
        tx.put(Table.DEAD, key(instance, n), Cbor.encode(DEAD_VERSION, clock.lived(), exception, event));
        remove(tx, instance, w.n());
        forgetOld(tx, InstanceStore.key(instance));
        for (long more = dead(tx, instance) - MAX_DEAD; more > 0; more--) {
            tx.scan(Table.DEAD, InstanceStore.key(instance), Octets.EMPTY, 1)
                    .forEach(row -> tx.delete(Table.DEAD, row.key()));
        }
    }

    /** Whether {@link #forgetOld(RowTx)} has something to do. */
    public boolean hasOld(RowTx tx) {
        return !old(tx, Octets.EMPTY).isEmpty();
    }

    /** Forgets what was set aside too long ago, of all instances. */
    public void forgetOld(RowTx tx) {
        forgetOld(tx, Octets.EMPTY);
    }

    private void forgetOld(RowTx tx, Octets prefix) {
        old(tx, prefix).forEach(key -> tx.delete(Table.DEAD, key));
    }

    private List<Octets> old(RowTx tx, Octets prefix) {
        long before = clock.lived() - DEAD_KEPT.toMillis();
        List<Octets> old = new ArrayList<>();
        Octets after = Octets.EMPTY;
        for (List<Row> page; !(page = tx.scan(Table.DEAD, prefix, after, PAGE)).isEmpty(); ) {
            page.stream().filter(row -> lived(row) <= before).forEach(row -> old.add(row.key()));
            after = page.get(page.size() - 1).key();
        }
        return old;
    }

    /** Takes everything of an instance away, what was set aside included, and gives it: first what waited, in order. */
    public List<Event> clear(RowTx tx, long instance) {
        List<Event> all = new ArrayList<>();
        for (Optional<Waiting> w; (w = first(tx, instance)).isPresent(); ) {
            all.add(w.get().event());
            remove(tx, instance, w.get().n());
        }
        for (Row row : tx.scan(Table.DEAD, InstanceStore.key(instance), Octets.EMPTY, 10_000)) {
            all.add(dead(row));
            tx.delete(Table.DEAD, row.key());
        }
        return all;
    }

    /** When a row was set aside; the event is not looked at: one that does not decode any more must not hold up another. */
    private static long lived(Row row) {
        return lived(new CborReader(row.value()));
    }

    private static long lived(CborReader in) {
        boolean timed = in.array(4) == 4;
        in.integer(timed ? DEAD_VERSION : VERSION, timed ? DEAD_VERSION : VERSION);
        return timed ? in.uint(Long.MAX_VALUE) : 0;
    }

    private static Event dead(Row row) {
        CborReader in = new CborReader(row.value());
        lived(in);
        in.text(512);
        Event event = EventCodec.decode(in.octets(EventCodec.MAX_EVENT));
        in.end();
        return event;
    }

    public long dead(RowTx tx, long instance) {
        return tx.count(Table.DEAD, InstanceStore.key(instance));
    }

    /** Queues again what was set aside: after a bundle was updated. */
    public void revive(RowTx tx, long instance) {
        for (Row row : tx.scan(Table.DEAD, InstanceStore.key(instance), Octets.EMPTY, 10_000)) {
            add(tx, instance, dead(row));
            tx.delete(Table.DEAD, row.key());
        }
    }

    private static Octets key(long instance, long n) {
        return Octets.concat(InstanceStore.key(instance), Octets.ofLong(n));
    }

    private static long number(Row row) {
        return row.key().slice(8, 16).toLong();
    }

    private static Waiting decode(Row row) {
        CborReader in = new CborReader(row.value());
        in.struct(VERSION, 3);
        int attempts = (int) in.uint(Integer.MAX_VALUE);
        Event event = EventCodec.decode(in.octets(EventCodec.MAX_EVENT));
        in.end();
        return new Waiting(number(row), attempts, event);
    }
}
