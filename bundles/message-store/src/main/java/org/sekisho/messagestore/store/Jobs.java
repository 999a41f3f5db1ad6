// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.messagestore.TokenState;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.crypto.pre.GroupPoint;
import org.sekisho.crypto.pre.ReEncryptionToken;
import org.sekisho.messagestore.rows.HeaderRow;
import org.sekisho.messagestore.rows.Scopes;
import org.sekisho.messagestore.rows.StoreRows;
import org.sekisho.messagestore.rows.TokenRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns headers in batches. A batch is read, computed outside of any transaction on all cores, and written with a
 * compare-and-set of every header and with the job's cursor, in one transaction: a crash or a second gateway at any point
 * leaves nothing half done.
 *
 * <p>Gateways that share a database take turns by a lease of {@value #LEASE_MILLIS} ms; it only saves work, correctness does
 * not depend on it. Memory is one batch.
 */
final class Jobs {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final int BATCH = 500;
    private static final int SLICE = 64;
    static final long LEASE_MILLIS = 10_000;

    private final StoreParts parts;
    private final ExecutorService workers;
    private final Octets self;
    private final Set<Octets> watched = ConcurrentHashMap.newKeySet();
    private final Map<Octets, Rate> rates = new ConcurrentHashMap<>();

    Jobs(StoreParts parts, ExecutorService workers, Entropy entropy) {
        this.parts = parts;
        this.workers = workers;
        this.self = Octets.of(entropy.next(8));
    }

    /** How fast a job of this gateway has been. */
    private record Rate(long since, long headers) {}

    /** Has the next round look at a group. */
    void touch(GroupId group) {
        watched.add(Scopes.of(group));
    }

    /** Looks at every group: at the start, and now and then where several gateways share a database. */
    void rebuild() {
        Octets after = Octets.EMPTY;
        List<Octets> page;
        while (!(page = parts.rows().scopes(Table.STORE, after, 500)).isEmpty()) {
            page.stream().filter(scope -> Scopes.group(scope).isPresent()).forEach(watched::add);
            after = page.get(page.size() - 1);
        }
    }

    /** One batch of every group that has a job; whether there is more to do. */
    boolean round() {
        boolean more = false;
        for (Octets scope : List.copyOf(watched)) {
            try {
                if (step(scope)) {
                    more = true;
                } else {
                    watched.remove(scope);
                }
            } catch (RuntimeException e) {
                // what was committed stays; a later round tries again
                LOG.warn("job of {}: {}", scope, e.toString());
            }
        }
        return more;
    }

    /** One batch of a group; false when it has none that this gateway can work on now. */
    private boolean step(Octets scope) {
        Instant now = parts.clock().instant();
        record Work(TokenRow token, List<Row> batch) {}
        Optional<Work> work = parts.rows().read(scope, tx -> {
            Optional<TokenRow> token = StoreRows.tokens(tx).stream()
                    .filter(t -> t.working() && !leasedToAnother(tx, t, now))
                    .findFirst();
            return token.map(t -> new Work(t, batch(tx, t)));
        });
        if (work.isEmpty()) {
            return false;
        }
        TokenRow token = work.get().token();
        Optional<ReEncryptionToken> opened = parts.vault().open(scope, token);
        if (opened.isEmpty()) {
            LOG.warn("{}: the key of a token is not here; another gateway has to apply it", scope);
            return false;
        }
        List<Row> turned;
        try (ReEncryptionToken forward = opened.get();
                ReEncryptionToken used = token.state() == TokenState.UNDOING ? forward.inverse() : null) {
            turned = turn(token, used == null ? forward : used, work.get().batch());
        }
        write(scope, token, work.get().batch(), turned);
        return true;
    }

    private static List<Row> batch(RowTx tx, TokenRow token) {
        Octets after = HeaderRow.key(token.cohort(), token.progress().cursor());
        return tx.scan(Table.HEADER, HeaderRow.prefix(token.cohort()), after, BATCH);
    }

    /** Those of the batch that change, as they are to be; computed on all workers. */
    private List<Row> turn(TokenRow token, ReEncryptionToken used, List<Row> batch) {
        List<Future<List<Row>>> slices = new ArrayList<>();
        for (int at = 0; at < batch.size(); at += SLICE) {
            List<Row> slice = batch.subList(at, Math.min(batch.size(), at + SLICE));
            slices.add(workers.submit(() -> turnSlice(token, used, slice)));
        }
        List<Row> turned = new ArrayList<>(batch.size());
        try {
            for (Future<List<Row>> slice : slices) {
                turned.addAll(slice.get());
            }
            return turned;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped in the middle of a batch", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a header could not be turned", e.getCause());
        } finally {
            // the token is closed by the caller: nobody may still be using it
            slices.forEach(Jobs::await);
        }
    }

    private static void await(Future<?> slice) {
        boolean interrupted = false;
        while (!slice.isDone()) {
            try {
                slice.get();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Row> turnSlice(TokenRow token, ReEncryptionToken used, List<Row> slice) {
        List<Row> turned = new ArrayList<>(slice.size());
        for (Row row : slice) {
            HeaderRow header = HeaderRow.decode(row.value());
            if (concerns(token, header)) {
                long to = token.state() == TokenState.UNDOING ? token.from() : token.to();
                Octets next = used.apply(new GroupPoint(header.header())).bytes();
                turned.add(new Row(row.key(), header.turned(to, next).encode()));
            }
        }
        return turned;
    }

    /** Undoing takes back only what this token brought: not what members sealed at the later epoch themselves. */
    private static boolean concerns(TokenRow token, HeaderRow header) {
        return token.state() == TokenState.UNDOING
                ? header.epoch() == token.to() && header.previous() == token.from()
                : header.epoch() == token.from();
    }

    /** Writes a batch if the job is where it was; else another gateway was faster and nothing is to do. */
    private void write(Octets scope, TokenRow token, List<Row> read, List<Row> turned) {
        Instant now = parts.clock().instant();
        List<TokenRow> unneeded = new ArrayList<>();
        boolean written = parts.rows().transact(scope, tx -> {
            unneeded.clear();
            Optional<TokenRow> there = StoreRows.token(tx, token.key());
            if (there.isEmpty() || !there.get().equals(token)) {
                return false;
            }
            List<Row> present = batch(tx, token);
            Set<Row> unchanged = new HashSet<>(present);
            Map<Octets, Row> before = new java.util.HashMap<>();
            read.forEach(row -> before.put(row.key(), row));
            tx.putAll(
                    Table.HEADER,
                    turned.stream()
                            .filter(row -> unchanged.contains(before.get(row.key())))
                            .toList());
            advance(tx, token, read, present, now, unneeded);
            return true;
        });
        if (!written) {
            return;
        }
        note(token, read.size(), now);
        if (!unneeded.isEmpty()) {
            parts.turner().forget(scope);
            unneeded.forEach(row -> parts.vault().shred(scope, row.claim()));
        }
        Scopes.group(scope).ifPresent(parts.watchers()::tell);
    }

    private void advance(
            RowTx tx, TokenRow token, List<Row> read, List<Row> present, Instant now, List<TokenRow> unneeded) {
        long done = token.progress().done() + read.size();
        long cursor = read.isEmpty()
                ? token.progress().cursor()
                : HeaderRow.position(read.get(read.size() - 1).key());
        TokenRow next = token.with(
                new TokenRow.Progress(
                        cursor, done, Math.max(done, token.progress().total())),
                now);
        boolean end = read.size() < BATCH && present.size() == read.size();
        if (!end) {
            StoreRows.put(tx, next);
            lease(tx, token, now);
            return;
        }
        boolean undone = token.state() == TokenState.UNDOING;
        long from = undone ? token.to() : token.from();
        long to = undone ? token.from() : token.to();
        StoreRows.cohort(tx, token.cohort()).ifPresent(row -> {
            // after undoing, headers that members sealed at the later epoch themselves are still there
            StoreRows.put(tx, undone ? row.with(to) : row.moved(from, to));
        });
        TokenRow last = next.in(undone ? TokenState.DESTROYED : TokenState.GRACE, now);
        StoreRows.put(tx, last);
        tx.delete(Table.STORE, leaseKey(token));
        if (undone) {
            unneeded.add(token);
        } else {
            unneeded.addAll(CohortBook.dropRivals(tx, last, now));
        }
        CohortBook.settle(tx, token.cohort(), parts.limits().lazy(), now);
    }

    private boolean leasedToAnother(RowTx tx, TokenRow token, Instant now) {
        return tx.get(Table.STORE, leaseKey(token))
                .filter(v -> !v.startsWith(self) && v.slice(8, 16).toLong() > now.toEpochMilli())
                .isPresent();
    }

    private void lease(RowTx tx, TokenRow token, Instant now) {
        Octets until = Octets.ofLong(now.toEpochMilli() + LEASE_MILLIS);
        tx.put(Table.STORE, leaseKey(token), Octets.concat(self, until));
    }

    private static Octets leaseKey(TokenRow token) {
        return Octets.concat(Octets.utf8("w"), token.key());
    }

    private void note(TokenRow token, int headers, Instant now) {
        rates.compute(token.key(), (key, old) -> {
            long millis = now.toEpochMilli();
            return old == null
                            || millis - old.since() > 60_000
                            || token.progress().done() == 0
                    ? new Rate(millis, headers)
                    : new Rate(old.since(), old.headers() + headers);
        });
    }

    /** Headers a second of late; 0 when unknown. */
    double rate(TokenRow token) {
        Rate rate = rates.get(token.key());
        if (rate == null) {
            return 0;
        }
        long elapsed = parts.clock().instant().toEpochMilli() - rate.since();
        return elapsed <= 0 ? 0 : 1000.0 * rate.headers() / elapsed;
    }
}
