// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.Role;
import org.sekisho.api.audit.AuditEntry;
import org.sekisho.api.audit.AuditRecord;
import org.sekisho.api.audit.AuditTrail;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.audit.protocol.Head;
import org.sekisho.audit.protocol.Link;
import org.sekisho.testkit.store.MemoryRowStore;

/** P14: whatever is done to a trail behind the gateway's back, the verdict shows it. */
class P14AuditTamperingTest {

    private static final int RECORDS = 40;
    private static final int MUTATIONS = 1_000;
    private static final Octets HEAD = Octets.utf8("h");
    private static final GroupId OTHER = GroupId.of(new byte[16]);
    private static final Caller AUDITOR = Caller.user("auditor", Set.of(Role.AUDITOR));
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T09:00:00Z"), ZoneOffset.UTC);

    /** What somebody with write access to the database may do. */
    private enum Mutation {
        FLIP_RECORD,
        FLIP_HEAD,
        FLIP_KEY,
        DELETE,
        INSERT,
        REORDER,
        TRUNCATE,
        TRUNCATE_AND_MOVE_HEAD,
        TRUNCATE_ALL,
        REWRITE_WITH_HASHES,
        TAKE_FROM_OTHER_TRAIL
    }

    @TempDir
    Path directory;

    private final MemoryRowStore rows = new MemoryRowStore();
    private ChainedAudit audit;
    private MemoryRowStore.Snapshot original;

    @BeforeEach
    void write() throws Exception {
        audit = new ChainedAudit(rows, CLOCK, directory, Duration.ofDays(1));
        for (int i = 1; i <= RECORDS; i++) {
            var entry = AuditEntry.ok("admin", "directory.invite", "CN=member " + i, "number " + i);
            rows.transact(AuditTrail.GATEWAY, tx -> append(tx, entry));
            rows.transact(OTHER.value(), tx -> append(tx, entry));
        }
        audit.catchUp();
        original = rows.snapshot();
    }

    @AfterEach
    void stop() {
        rows.restore(original);
        audit.stop();
    }

    @Test
    void every_mutation_is_detected() {
        Map<Mutation, Integer> counts = new EnumMap<>(Mutation.class);
        for (int seed = 0; seed < MUTATIONS; seed++) {
            var random = new Random(seed);
            Mutation mutation = Mutation.values()[seed % Mutation.values().length];
            rows.restore(original);
            mutate(mutation, random);
            var verdict = audit.verify(AUDITOR, Optional.empty());
            assertThat(verdict.intact()).as("seed %d, %s", seed, mutation).isFalse();
            assertThat(verdict.problem()).as("seed %d, %s", seed, mutation).isNotEmpty();
            counts.merge(mutation, 1, Integer::sum);
        }
        assertThat(counts).hasSize(Mutation.values().length);
        assertThat(counts.values()).allMatch(count -> count >= 90);
    }

    @Test
    void untouched_trail_is_intact() {
        assertThat(audit.verify(AUDITOR, Optional.empty()))
                .matches(verdict -> verdict.intact() && verdict.records() == RECORDS);
    }

    /** The documented limit: an end without anchor can be cut off when the head is moved with it. */
    @Test
    void end_without_anchor_can_be_cut_off() {
        rows.transact(AuditTrail.GATEWAY, tx -> append(tx, AuditEntry.ok("a", "b", "c", "d")));
        cutAndMoveHead(1);
        assertThat(audit.verify(AUDITOR, Optional.empty()).intact()).isTrue();
    }

    @Test
    void anchor_never_moves_onto_tampered_records() {
        rewriteWithHashes(3, new Random(1));
        audit.catchUp();
        rows.transact(AuditTrail.GATEWAY, tx -> append(tx, AuditEntry.ok("a", "b", "c", "d")));
        audit.catchUp();
        assertThat(audit.verify(AUDITOR, Optional.empty()).intact()).isFalse();
    }

    private void mutate(Mutation mutation, Random random) {
        int n = 1 + random.nextInt(RECORDS);
        switch (mutation) {
            case FLIP_RECORD -> flip(key(n), random);
            case FLIP_HEAD -> flip(HEAD, random);
            case FLIP_KEY -> flipKey(key(n), random);
            case DELETE -> delete(key(n));
            case INSERT -> put(key(RECORDS + 1 + random.nextInt(5)), get(key(n)));
            case REORDER -> swap(key(n), key(1 + (n + random.nextInt(RECORDS - 1)) % RECORDS));
            case TRUNCATE -> truncate(n);
            case TRUNCATE_AND_MOVE_HEAD -> cutAndMoveHead(1 + random.nextInt(RECORDS - 1));
            case TRUNCATE_ALL -> {
                truncate(RECORDS);
                delete(HEAD);
            }
            case REWRITE_WITH_HASHES -> rewriteWithHashes(n, random);
            case TAKE_FROM_OTHER_TRAIL -> takeFromOther(n);
        }
    }

    private void flip(Octets key, Random random) {
        put(key, flipped(get(key), random));
    }

    private void flipKey(Octets key, Random random) {
        Octets value = get(key);
        delete(key);
        Octets other = flipped(key, random);
        if (rows.read(AuditTrail.GATEWAY, tx -> tx.get(Table.AUDIT, other)).isEmpty()) {
            put(other, value);
        }
    }

    private void swap(Octets a, Octets b) {
        Octets of = get(a);
        put(a, get(b));
        put(b, of);
    }

    private void truncate(int last) {
        for (int n = RECORDS; n > RECORDS - last; n--) {
            delete(key(n));
        }
    }

    private void cutAndMoveHead(int count) {
        rows.transact(AuditTrail.GATEWAY, tx -> {
            List<Row> all = tx.scan(Table.AUDIT, Octets.utf8("r"), Octets.utf8("r"), 500);
            for (Row row : all.subList(all.size() - count, all.size())) {
                tx.delete(Table.AUDIT, row.key());
            }
            AuditRecord last = Link.decode(all.get(all.size() - count - 1).value());
            tx.put(Table.AUDIT, HEAD, new Head(last.n(), last.hash()).encode());
            return last;
        });
    }

    /** Somebody who knows how hashes are made changes record {@code n} and everything after it. */
    private void rewriteWithHashes(int n, Random random) {
        rows.transact(AuditTrail.GATEWAY, tx -> {
            var head = Head.ofEmpty(tx.scope());
            for (Row row : tx.scan(Table.AUDIT, Octets.utf8("r"), Octets.utf8("r"), 500)) {
                AuditRecord r = Link.decode(row.value());
                String actor = r.n() == n ? "somebody else " + random.nextInt() : r.actor();
                AuditRecord rewritten = Link.following(
                        head, r.at(), new AuditEntry(actor, r.action(), r.subject(), r.outcome(), r.detail()));
                tx.put(Table.AUDIT, row.key(), Link.encode(rewritten));
                head = new Head(rewritten.n(), rewritten.hash());
            }
            tx.put(Table.AUDIT, HEAD, head.encode());
            return head;
        });
    }

    private void takeFromOther(int from) {
        Map<Octets, Octets> other = new TreeMap<>();
        rows.read(OTHER.value(), tx -> tx.scan(Table.AUDIT, Octets.EMPTY, Octets.EMPTY, 500))
                .forEach(row -> other.put(row.key(), row.value()));
        other.forEach((key, value) -> {
            if (key.equals(HEAD) || key.compareTo(key(from)) >= 0) {
                put(key, value);
            }
        });
    }

    private Octets append(RowTx tx, AuditEntry entry) {
        audit.append(tx, entry);
        return tx.scope();
    }

    private Octets get(Octets key) {
        return rows.read(AuditTrail.GATEWAY, tx -> tx.get(Table.AUDIT, key)).orElseThrow();
    }

    private void put(Octets key, Octets value) {
        rows.transact(AuditTrail.GATEWAY, tx -> {
            tx.put(Table.AUDIT, key, value);
            return key;
        });
    }

    private void delete(Octets key) {
        rows.transact(AuditTrail.GATEWAY, tx -> tx.delete(Table.AUDIT, key));
    }

    private static Octets key(long n) {
        return Octets.concat(Octets.utf8("r"), Octets.ofLong(n));
    }

    private static Octets flipped(Octets octets, Random random) {
        byte[] bytes = octets.toByteArray();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return Octets.of(bytes);
    }
}
