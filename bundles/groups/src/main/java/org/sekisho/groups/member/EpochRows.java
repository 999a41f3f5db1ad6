// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.schedule.LiveSecrets;
import org.sekisho.crypto.store.Place;
import org.sekisho.crypto.store.StoreSealer;
import org.sekisho.groups.chain.GroupHashes;
import org.sekisho.groups.engine.StateCorruptException;

/**
 * Secrets of epochs, each row sealed also under a key of its own that lives outside the database and is destroyed with it
 * (protocol notes F20, F32). A row is pending until its header is committed, active then, and gone 60 seconds after the next
 * one became active.
 */
final class EpochRows {

    private static final int VERSION = 1;
    private static final int MAX_SEALED = 4096;
    private static final String KIND = "epoch";

    /** Never. */
    static final long KEPT = -1;

    private final MemberVault vault;

    /** Scopes in which rows were deleted: keys outside may have lost theirs. Kept too long at worst, if a transaction is undone. */
    private final Set<Octets> trimmed = ConcurrentHashMap.newKeySet();

    EpochRows(MemberVault vault) {
        this.vault = vault;
    }

    /**
     * @param eraseAt lived milliseconds, or {@link #KEPT}
     */
    record Entry(long epoch, Hash headerHash, boolean active, long eraseAt, Octets sealed) {

        Octets encode() {
            return Cbor.encode(VERSION, active, eraseAt, sealed);
        }

        Octets key() {
            return EpochRows.key(epoch, headerHash);
        }
    }

    /** Keeps the secrets of a header that is not committed yet. Again with the same header: nothing. */
    void addPending(RowTx tx, EpochHeader header, LiveSecrets secrets) {
        Hash hash = GroupHashes.of(header);
        Octets key = key(header.epoch(), hash);
        try (StoreSealer sealer = vault.erasable(shredId(tx.scope(), key));
                SecretBytes encoded = secrets.encode()) {
            Octets sealed = sealer.seal(new Place(KIND, tx.scope(), key, 0), encoded);
            tx.insert(Table.EPOCH, key, new Entry(header.epoch(), hash, false, KEPT, sealed).encode());
        }
    }

    /** Where the roots of stored history are kept. */
    StoreRoots roots() {
        return new StoreRoots(vault);
    }

    Optional<Entry> find(RowTx tx, long epoch, Hash headerHash) {
        return tx.get(Table.EPOCH, key(epoch, headerHash)).map(value -> decode(epoch, headerHash, value));
    }

    List<Entry> all(RowTx tx) {
        return tx.scan(Table.EPOCH, Octets.EMPTY, Octets.EMPTY, 10_000).stream()
                .map(row -> decode(row.key().toLong(), new Hash(row.key().slice(8, 40)), row.value()))
                .toList();
    }

    /** The caller closes it. */
    LiveSecrets open(RowTx tx, Entry entry) {
        try (StoreSealer sealer = vault.erasable(shredId(tx.scope(), entry.key()));
                SecretBytes encoded = sealer.openSecret(new Place(KIND, tx.scope(), entry.key(), 0), entry.sealed())) {
            return LiveSecrets.decode(encoded);
        } catch (AuthenticationFailedException e) {
            throw new StateCorruptException("stored epoch does not open");
        }
    }

    /** Makes {@code entry} the active one, gives the older ones until {@code eraseOldAt} and drops other pending ones. */
    void activate(RowTx tx, Entry entry, long eraseOldAt) {
        for (Entry other : all(tx)) {
            if (other.key().equals(entry.key())) {
                put(tx, new Entry(entry.epoch(), entry.headerHash(), true, KEPT, entry.sealed()));
            } else if (!other.active() && other.epoch() <= entry.epoch()) {
                delete(tx, other);
            } else if (other.active() && other.epoch() < entry.epoch() && other.eraseAt() == KEPT) {
                put(tx, new Entry(other.epoch(), other.headerHash(), true, eraseOldAt, other.sealed()));
            }
        }
    }

    /** Deletes what is due. The keys outside are destroyed by {@link #shredOrphans} after the commit. */
    void erase(RowTx tx, long lived) {
        for (Entry entry : all(tx)) {
            if (entry.eraseAt() != KEPT && entry.eraseAt() <= lived) {
                delete(tx, entry);
                MessageIntake.forgetWindows(tx, entry.epoch());
            }
        }
    }

    /** Deletes pending secrets of these headers. */
    void drop(RowTx tx, List<Hash> headers) {
        all(tx).stream()
                .filter(entry -> !entry.active() && headers.contains(entry.headerHash()))
                .forEach(entry -> delete(tx, entry));
    }

    void eraseAll(RowTx tx) {
        all(tx).forEach(entry -> {
            delete(tx, entry);
            MessageIntake.forgetWindows(tx, entry.epoch());
        });
        roots().eraseAll(tx);
    }

    private void delete(RowTx tx, Entry entry) {
        trimmed.add(tx.scope());
        tx.delete(Table.EPOCH, entry.key());
    }

    /** True once after rows of this scope were deleted. */
    boolean takeTrimmed(Octets scope) {
        return trimmed.remove(scope);
    }

    /** Destroys keys of this scope that no row names. Outside of a transaction, after it. */
    void shredOrphans(Octets scope, SortedSet<Octets> keys) {
        SortedSet<Octets> named = vault.rows()
                .read(
                        scope,
                        tx -> new TreeSet<>(all(tx).stream()
                                .map(entry -> shredId(scope, entry.key()))
                                .toList()));
        keys.stream().filter(id -> id.startsWith(scope) && !named.contains(id)).forEach(vault::shred);
        roots().shredOrphans(scope, keys);
    }

    private static void put(RowTx tx, Entry entry) {
        tx.put(Table.EPOCH, entry.key(), entry.encode());
    }

    private static Octets key(long epoch, Hash headerHash) {
        return Octets.concat(Octets.ofLong(epoch), headerHash.value());
    }

    private static Octets shredId(Octets scope, Octets key) {
        return Octets.concat(scope, key);
    }

    private static Entry decode(long epoch, Hash headerHash, Octets value) {
        CborReader in = new CborReader(value);
        in.struct(VERSION, 4);
        Entry entry = new Entry(epoch, headerHash, in.bool(), in.integer(KEPT, Long.MAX_VALUE), in.octets(MAX_SEALED));
        in.end();
        return entry;
    }
}
