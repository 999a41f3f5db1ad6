// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.history;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Roster;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.Table;
import org.sekisho.crypto.pre.EpochScalar;
import org.sekisho.crypto.pre.JoinSecret;
import org.sekisho.crypto.store.Place;
import org.sekisho.crypto.store.StoreSealer;
import org.sekisho.groups.member.MemberHost;
import org.sekisho.groups.member.StoreKeys;
import org.sekisho.groups.member.StoreRoots;

/** What this member can derive of a group's cohorts, from the roots it kept and what it was granted. Safe for many threads. */
final class GroupKeys {

    private static final int PAGE = 500;

    private final GroupId group;
    private final MemberHost host;
    private final StoreRoots roots;
    private final RowStore rows;
    private final StoreSealer sealer;

    GroupKeys(GroupId group, MemberHost host, StoreRoots roots, RowStore rows, StoreSealer sealer) {
        this.group = group;
        this.host = host;
        this.roots = roots;
        this.rows = rows;
        this.sealer = sealer;
    }

    /** An epoch of this member's own verified chain. */
    Optional<EpochView> epoch(long n) {
        return n < 1 ? Optional.empty() : host.epochs(group, n - 1, 1).stream().findFirst();
    }

    /** Every committed epoch. */
    List<EpochView> epochs() {
        List<EpochView> all = new java.util.ArrayList<>();
        List<EpochView> page;
        while (!(page = host.epochs(group, all.size(), PAGE)).isEmpty()) {
            all.addAll(page);
        }
        return all;
    }

    Optional<Roster> roster(Hash hash) {
        return roots.roster(group, hash);
    }

    boolean fromJoin() {
        return host.view(group).policy().history() == History.FROM_JOIN;
    }

    /** The cohort's scalar in an epoch; empty when this member was not there or is not entitled. The caller closes it. */
    Optional<EpochScalar> scalar(long cohort, long epoch) {
        Optional<StoreKeys> keys = roots.find(group, epoch);
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        try (StoreKeys found = keys.get()) {
            if (!fromJoin()) {
                return Optional.of(EpochScalar.derive(found.secrets().pre(), group, cohort, Optional.empty()));
            }
            Optional<JoinSecret> join = join(cohort);
            if (join.isEmpty()) {
                return Optional.empty();
            }
            try (JoinSecret secret = join.get()) {
                return Optional.of(EpochScalar.derive(found.secrets().pre(), group, cohort, Optional.of(secret)));
            }
        }
    }

    /** As {@link #scalar}, with a join secret that is to be tried. */
    Optional<EpochScalar> tried(long cohort, long epoch, JoinSecret join) {
        return roots.find(group, epoch).map(keys -> {
            try (keys) {
                return EpochScalar.derive(keys.secrets().pre(), group, cohort, Optional.of(join));
            }
        });
    }

    /** The cohort's join secret, granted or from its first epoch. The caller closes it. */
    Optional<JoinSecret> join(long cohort) {
        Octets key = joinKey(cohort);
        Optional<Octets> kept = rows.read(group.value(), tx -> tx.get(Table.STORE, key));
        if (kept.isPresent()) {
            try (SecretBytes secret = sealer.openSecret(place(key), kept.get())) {
                return Optional.of(JoinSecret.of(secret));
            }
        }
        Optional<JoinSecret> own = first(cohort)
                .flatMap(header -> roots.find(group, header.epoch()))
                .map(keys -> {
                    keys.secrets().close();
                    return keys.join();
                });
        // the roots of the first epoch go when headers have moved on; the join secret stays
        own.ifPresent(secret -> keep(cohort, secret));
        return own;
    }

    /** Whether this member may read a cohort. */
    boolean entitled(long cohort) {
        if (!fromJoin()) {
            return true;
        }
        Optional<JoinSecret> join = join(cohort);
        join.ifPresent(JoinSecret::close);
        return join.isPresent();
    }

    private Optional<EpochHeader> first(long cohort) {
        return epochs().stream()
                .map(EpochView::header)
                .filter(header -> header.cohort() == cohort)
                .findFirst();
    }

    void keep(long cohort, JoinSecret join) {
        Octets key = joinKey(cohort);
        try (SecretBytes secret = join.expose()) {
            Octets sealed = sealer.seal(place(key), secret);
            rows.transact(group.value(), tx -> tx.insert(Table.STORE, key, sealed));
        }
    }

    private Place place(Octets key) {
        return new Place("pre J", group.value(), key, 0);
    }

    private static Octets joinKey(long cohort) {
        return Octets.concat(Octets.utf8("j"), Octets.ofLong(cohort));
    }
}
