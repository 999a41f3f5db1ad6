// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Role;
import org.sekisho.api.scheme.Step.Part;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;

/**
 * Loads and stores instances: a head that every step writes and parts that only their own writes touch. Heads and parts are
 * sealed with their place and version; the head carries a keyed code over all parts (H6, protocol note R14).
 */
final class InstanceStore {

    static final int MAX_PART_KEY = 96;
    private static final int VERSION = 1;
    private static final Octets NO_PARTS = Octets.of(new byte[32]);

    private final StateSealer sealer;

    InstanceStore(StateSealer sealer) {
        this.sealer = sealer;
    }

    static Octets key(long instance) {
        return Octets.ofLong(instance);
    }

    long nextId(RowTx tx) {
        return tx.last(Table.INSTANCE, Octets.EMPTY)
                .map(r -> r.key().toLong() + 1)
                .orElse(1L);
    }

    InstanceRecord fresh(RowTx tx, String scheme, Role role, int stateVersion) {
        long id = nextId(tx);
        // what has ended is of no use to anybody; the newest row stays, so that no id is given twice
        loadAll(tx).stream()
                .filter(r -> r.status() == InstanceStatus.ENDED)
                .forEach(r -> tx.delete(Table.INSTANCE, key(r.id())));
        return new InstanceRecord(
                id, scheme, role, stateVersion, 0, 0, NO_PARTS, Octets.EMPTY, InstanceStatus.ACTIVE, "");
    }

    Optional<InstanceRecord> load(RowTx tx, long instance) {
        return tx.get(Table.INSTANCE, key(instance)).map(value -> decode(tx.scope(), instance, value));
    }

    List<InstanceRecord> loadAll(RowTx tx) {
        return tx.scan(Table.INSTANCE, Octets.EMPTY, Octets.EMPTY, 1000).stream()
                .map(row -> decode(tx.scope(), row.key().toLong(), row.value()))
                .toList();
    }

    void save(RowTx tx, InstanceRecord r) {
        Octets frame = frame(r);
        Octets sealed = sealer.seal(Cbor.encode("instance", tx.scope(), r.id(), frame), r.head());
        tx.put(Table.INSTANCE, key(r.id()), Cbor.encode(VERSION, frame, sealed));
    }

    private static Octets frame(InstanceRecord r) {
        return Cbor.encode(
                r.scheme(),
                r.role().ordinal(),
                r.stateVersion(),
                r.seq(),
                r.partCount(),
                r.partSet(),
                r.status().ordinal(),
                r.reason());
    }

    private InstanceRecord decode(Octets scope, long id, Octets value) {
        CborReader in = new CborReader(value);
        in.struct(VERSION, 3);
        Octets frame = in.octets(4096);
        Octets sealed = in.octets(8 << 20);
        in.end();
        Octets head = sealer.open(Cbor.encode("instance", scope, id, frame), sealed);
        CborReader f = new CborReader(frame);
        f.arrayOf(8);
        InstanceRecord r = new InstanceRecord(
                id,
                f.text(64),
                Role.values()[(int) f.uint(Role.values().length - 1)],
                (int) f.uint(Integer.MAX_VALUE),
                f.uint(Long.MAX_VALUE),
                f.uint(Long.MAX_VALUE),
                f.octetsOf(32),
                head,
                InstanceStatus.values()[(int) f.uint(InstanceStatus.values().length - 1)],
                f.text(512));
        f.end();
        return r;
    }

    Optional<Octets> part(RowTx tx, long instance, String key) {
        return tx.get(Table.PART, partKey(instance, key)).map(v -> open(tx, instance, key, v));
    }

    List<String> partKeys(RowTx tx, long instance, String prefix, String after, int limit) {
        Octets from = after.isEmpty() ? Octets.EMPTY : partKey(instance, after);
        return tx.scan(Table.PART, partKey(instance, prefix), from, limit).stream()
                .map(row -> row.key().slice(8, row.key().size()).asUtf8())
                .toList();
    }

    /** Writes the parts of a step and gives the record with their new code. */
    InstanceRecord write(RowTx tx, InstanceRecord r, List<Part> parts) {
        long count = r.partCount();
        byte[] set = r.partSet().toByteArray();
        List<Row> puts = new ArrayList<>();
        for (Part part : parts) {
            Octets key = partKey(r.id(), checked(part.key()));
            Optional<Octets> old = tx.get(Table.PART, key);
            if (old.isPresent()) {
                mix(set, code(key, old.get().toLong()));
                count--;
            }
            if (part.value().isPresent()) {
                puts.add(new Row(key, sealPart(tx, r, part, part.value().get())));
                mix(set, code(key, r.seq()));
                count++;
            } else {
                tx.delete(Table.PART, key);
            }
        }
        if (!puts.isEmpty()) {
            tx.putAll(Table.PART, puts);
        }
        return new InstanceRecord(
                r.id(),
                r.scheme(),
                r.role(),
                r.stateVersion(),
                r.seq(),
                count,
                Octets.of(set),
                r.head(),
                r.status(),
                r.reason());
    }

    /** Reads every part and compares with the head; throws {@link StateCorruptException}. */
    void verify(RowTx tx, InstanceRecord r) {
        byte[] set = NO_PARTS.toByteArray();
        long count = 0;
        Octets after = Octets.EMPTY;
        for (List<Row> rows; !(rows = tx.scan(Table.PART, key(r.id()), after, 500)).isEmpty(); ) {
            for (Row row : rows) {
                open(tx, r.id(), row.key().slice(8, row.key().size()).asUtf8(), row.value());
                mix(set, code(row.key(), row.value().toLong()));
                count++;
                after = row.key();
            }
        }
        if (count != r.partCount() || !Octets.of(set).equals(r.partSet())) {
            throw new StateCorruptException("parts of an instance were deleted or rolled back");
        }
    }

    private static String checked(String key) {
        if (key.isEmpty() || key.length() > MAX_PART_KEY || !key.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException("part key");
        }
        return key;
    }

    private static Octets partKey(long instance, String key) {
        return Octets.concat(key(instance), Octets.utf8(key));
    }

    private Octets sealPart(RowTx tx, InstanceRecord r, Part part, Octets value) {
        Octets context = Cbor.encode("part", tx.scope(), r.id(), part.key(), r.seq());
        return Octets.concat(Octets.ofLong(r.seq()), sealer.seal(context, value));
    }

    private Octets open(RowTx tx, long instance, String key, Octets stored) {
        Octets context = Cbor.encode("part", tx.scope(), instance, key, stored.toLong());
        return sealer.open(context, stored.slice(8, stored.size()));
    }

    private byte[] code(Octets key, long seq) {
        return sealer.mac(Cbor.encode("part set", key, seq)).toByteArray();
    }

    private static void mix(byte[] set, byte[] code) {
        for (int i = 0; i < set.length; i++) {
            set[i] ^= code[i];
        }
    }
}
