// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sekisho.api.ConflictException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;
import org.sekisho.crypto.search.CohortKey;
import org.sekisho.crypto.search.RingSeal;
import org.sekisho.searchindex.wire.IndexLimits;

/**
 * A member's search keys by cohort, and those it can only pass on: {@code [1, [[j, SK_j, null] or [j, null, sealed SK_j]...]]}.
 * Under history from the join on every entry is sealed for members of its cohort, so that who joined later opens none of the
 * older (protocol note F6). Not safe for concurrent use.
 */
public final class Keyring implements CohortKeys, AutoCloseable {

    private static final int SEALED = CohortKey.SIZE + IndexLimits.TAG;

    private final GroupId group;
    private final Map<Long, CohortKey> keys = new TreeMap<>();
    private final Map<Long, Octets> sealed = new TreeMap<>();

    public Keyring(GroupId group) {
        this.group = group;
    }

    /** Adds the key of a cohort whose first epoch this member was in. Takes the key over. */
    public void add(long cohort, CohortKey key) {
        CohortKey known = keys.putIfAbsent(cohort, key);
        if (known != null) {
            key.close();
        }
    }

    /** As {@link #add(long, CohortKey)}, where members read from their join on. {@code joinKey} stays the caller's. */
    public void add(long cohort, CohortKey key, SecretBytes joinKey) {
        sealed.putIfAbsent(cohort, RingSeal.sealEntry(joinKey, group, cohort, key));
        add(cohort, key);
    }

    /** Opens what was granted afterwards; {@code joinKey} stays the caller's. */
    public void grant(long cohort, SecretBytes joinKey) {
        Octets entry = sealed.get(cohort);
        if (entry != null && !keys.containsKey(cohort)) {
            keys.put(cohort, RingSeal.openEntry(joinKey, group, cohort, entry));
        }
    }

    @Override
    public Optional<CohortKey> key(long cohort) {
        return Optional.ofNullable(keys.get(cohort))
                .map(key -> new CohortKey(key.bytes().duplicate()));
    }

    /** Cohorts it has a key of. */
    public Set<Long> cohorts() {
        return Set.copyOf(keys.keySet());
    }

    /** Cohorts it has an entry of, openable or not. */
    public Set<Long> entries() {
        var all = new TreeSet<>(keys.keySet());
        all.addAll(sealed.keySet());
        return all;
    }

    /** The ring as it is sealed for the epoch's members. The caller closes it. */
    public SecretBytes ring() {
        return encode(false);
    }

    /** Everything, for this member's own store. The caller closes it. */
    public SecretBytes encode() {
        return encode(true);
    }

    private SecretBytes encode(boolean own) {
        Set<Long> all = entries();
        var w = new CborWriter().array(2).integer(1).array(all.size());
        for (long cohort : all) {
            w.array(3).integer(cohort);
            Optional<Octets> closed = Optional.ofNullable(sealed.get(cohort));
            if (keys.containsKey(cohort) && (own || closed.isEmpty())) {
                keys.get(cohort).bytes().use(w::bytes);
            } else {
                w.nil();
            }
            closed.ifPresentOrElse(w::bytes, w::nil);
        }
        return SecretBytes.take(w.toByteArray());
    }

    /** Reads what {@link #encode} wrote. */
    public static Keyring decode(GroupId group, SecretBytes encoded) {
        Keyring ring = new Keyring(group);
        ring.read(encoded);
        return ring;
    }

    private void read(SecretBytes encoded) {
        encoded.use(bytes -> {
            var r = new CborReader(bytes);
            r.struct(1, 2);
            int count = r.array(IndexLimits.MAX_COHORTS);
            for (int i = 0; i < count; i++) {
                r.arrayOf(3);
                long cohort = r.uint(Long.MAX_VALUE);
                r.optional(in -> new CohortKey(SecretBytes.take(in.bytes(CohortKey.SIZE))))
                        .ifPresent(key -> add(cohort, key));
                r.optional(in -> in.octetsOf(SEALED)).ifPresent(entry -> sealed.putIfAbsent(cohort, entry));
            }
            r.end();
            return count;
        });
    }

    /**
     * Takes what another member published for the current epoch.
     *
     * @throws ConflictException FORK_DETECTED when it lacks or changes something this member knows; then nothing is taken (R37)
     */
    public void absorb(SecretBytes published) {
        try (Keyring other = decode(group, published)) {
            boolean complete = other.entries().containsAll(entries());
            boolean same = keys.entrySet().stream()
                            .filter(e -> other.keys.containsKey(e.getKey()))
                            .allMatch(e -> e.getValue()
                                    .bytes()
                                    .equals(other.keys.get(e.getKey()).bytes()))
                    && sealed.entrySet().stream()
                            .filter(e -> other.sealed.containsKey(e.getKey()))
                            .allMatch(e -> e.getValue().equals(other.sealed.get(e.getKey())));
            if (!complete || !same) {
                throw new ConflictException(ErrorCode.FORK_DETECTED, "a ring that is not the one this member knows");
            }
            other.keys.forEach(
                    (cohort, key) -> add(cohort, new CohortKey(key.bytes().duplicate())));
            other.sealed.forEach(sealed::putIfAbsent);
        }
    }

    @Override
    public void close() {
        keys.values().forEach(CohortKey::close);
        keys.clear();
    }
}
