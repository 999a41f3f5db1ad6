// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Roster;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.pre.JoinSecret;
import org.sekisho.crypto.schedule.EpochSecrets;
import org.sekisho.crypto.schedule.StoreSecrets;
import org.sekisho.crypto.store.Place;
import org.sekisho.crypto.store.StoreSealer;
import org.sekisho.groups.chain.GroupHashes;

/**
 * The roots of epochs that stored history needs: they outlive the keys of live traffic until history has moved on, and are then
 * made unreadable (protocol note F7). Each row is sealed also under a key of its own outside of the database. Safe for many
 * threads.
 */
public final class StoreRoots {

    private static final String KIND = "store roots";
    private static final Octets PREFIX = Octets.utf8("r");
    private static final int MAX_SECRET = 256;
    private static final int MOST = 10_000;

    private final MemberVault vault;

    public StoreRoots(MemberVault vault) {
        this.vault = vault;
    }

    /** Keeps the roots of an epoch that is not committed yet. Again with the same header: nothing. */
    void keep(RowTx tx, EpochHeader header, EpochSecrets secrets) {
        Octets key = key(header.epoch(), GroupHashes.of(header));
        try (JoinSecret join = JoinSecret.derive(secrets.live().exporter(), header.cohort());
                SecretBytes roots = secrets.store().encode();
                SecretBytes joined = join.expose();
                SecretBytes both = SecretBytes.take(roots.use(r -> joined.use(j ->
                        new CborWriter().array(3).integer(1).bytes(r).bytes(j).toByteArray())));
                StoreSealer sealer = vault.erasable(shredId(tx.scope(), key))) {
            tx.insert(Table.STORE, key, sealer.seal(new Place(KIND, tx.scope(), key, 0), both));
        }
    }

    /** The roots of a committed epoch; empty when they were never had, or forgotten. */
    public Optional<StoreKeys> find(GroupId group, long epoch) {
        record Found(Octets key, Octets row) {}
        Optional<Found> found = vault.rows()
                .read(group.value(), tx -> ChainRows.commit(tx, epoch).flatMap(commit -> {
                    Octets key = key(epoch, GroupHashes.of(commit.commit().header()));
                    return tx.get(Table.STORE, key).map(row -> new Found(key, row));
                }));
        return found.map(f -> open(group.value(), f.key(), f.row()));
    }

    private StoreKeys open(Octets scope, Octets key, Octets row) {
        try (StoreSealer sealer = vault.erasable(shredId(scope, key));
                SecretBytes both = sealer.openSecret(new Place(KIND, scope, key, 0), row)) {
            return both.use(bytes -> {
                var in = new CborReader(bytes);
                in.struct(1, 3);
                try (SecretBytes roots = SecretBytes.take(in.bytes(MAX_SECRET));
                        SecretBytes join = SecretBytes.take(in.bytes(MAX_SECRET))) {
                    in.end();
                    return new StoreKeys(StoreSecrets.decode(roots), JoinSecret.of(join));
                }
            });
        } catch (AuthenticationFailedException e) {
            throw new org.sekisho.groups.engine.StateCorruptException("stored roots do not open");
        }
    }

    /** Makes the roots of these epochs unreadable, whatever header they belong to. */
    public void forget(GroupId group, List<Long> epochs) {
        List<Octets> keys = vault.rows()
                .read(group.value(), tx -> tx.scan(Table.STORE, PREFIX, Octets.EMPTY, MOST).stream()
                        .map(Row::key)
                        .filter(key -> epochs.contains(key.slice(1, 9).toLong()))
                        .toList());
        if (!keys.isEmpty()) {
            vault.rows().transact(group.value(), tx -> {
                keys.forEach(key -> tx.delete(Table.STORE, key));
                return null;
            });
            keys.forEach(key -> vault.shred(shredId(group.value(), key)));
        }
    }

    /** Epochs whose roots are kept, ascending. */
    public List<Long> epochs(GroupId group) {
        return vault.rows().read(group.value(), tx -> tx.scan(Table.STORE, PREFIX, Octets.EMPTY, MOST).stream()
                .map(row -> row.key().slice(1, 9).toLong())
                .distinct()
                .toList());
    }

    /** A verified roster of the group's chain. */
    public Optional<Roster> roster(GroupId group, Hash hash) {
        return vault.rows()
                .read(group.value(), tx -> ChainRows.findRoster(tx, hash))
                .map(signed -> signed.roster());
    }

    /** For who has left; the keys outside are destroyed by {@link #shredOrphans}. */
    void eraseAll(RowTx tx) {
        tx.scan(Table.STORE, PREFIX, Octets.EMPTY, MOST).forEach(row -> tx.delete(Table.STORE, row.key()));
    }

    /** Destroys keys of this scope that no row names. Outside of a transaction, after it. */
    void shredOrphans(Octets scope, Collection<Octets> keys) {
        Octets own = shredId(scope, Octets.EMPTY);
        Set<Octets> named = vault.rows().read(scope, tx -> tx.scan(Table.STORE, PREFIX, Octets.EMPTY, MOST).stream()
                .map(row -> shredId(scope, row.key()))
                .collect(Collectors.toSet()));
        keys.stream().filter(id -> id.startsWith(own) && !named.contains(id)).forEach(vault::shred);
    }

    private static Octets key(long epoch, Hash headerHash) {
        return Octets.concat(PREFIX, Octets.ofLong(epoch), headerHash.value());
    }

    /** Begins unlike a scope, so that who tidies up after epochs does not take these for his own. */
    private static Octets shredId(Octets scope, Octets key) {
        return Octets.concat(Octets.utf8("roots"), scope, key);
    }
}
