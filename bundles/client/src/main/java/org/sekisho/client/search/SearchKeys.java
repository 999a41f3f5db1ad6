// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.search;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.ConflictException;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.History;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.client.transport.HttpIndex;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.VerifyingKey;
import org.sekisho.crypto.search.CohortKey;
import org.sekisho.crypto.search.RingSeal;
import org.sekisho.groups.member.MemberHost;
import org.sekisho.searchindex.protocol.ChainFacts.EpochFact;
import org.sekisho.searchindex.protocol.CohortKeys;
import org.sekisho.searchindex.protocol.Keyring;
import org.sekisho.searchindex.wire.Ring;
import org.sekisho.searchindex.wire.Stand;

/**
 * One group's search keys: taken from each cohort's first epoch while its keys are there, or from the ring that members publish
 * for newcomers; passed on in turn. Kept sealed. Safe for many threads.
 */
final class SearchKeys implements CohortKeys {

    private static final char KEYS = 'k';

    private final GroupId group;
    private final MemberHost host;
    private final HttpIndex remote;
    private final SearchRows rows;
    private final Entropy entropy;
    private final org.sekisho.searchindex.wire.Entry.Signer signer;
    private final Keyring ring;
    private final Set<Octets> seen = new HashSet<>();
    private long ringEpoch;

    SearchKeys(
            GroupId group,
            MemberHost host,
            HttpIndex remote,
            SearchRows rows,
            Entropy entropy,
            org.sekisho.searchindex.wire.Entry.Signer signer) {
        this.group = group;
        this.host = host;
        this.remote = remote;
        this.rows = rows;
        this.entropy = entropy;
        this.signer = signer;
        Optional<SecretBytes> kept = rows.read(tx -> tx.getSecret(KEYS, Octets.EMPTY));
        this.ring = kept.map(k -> {
                    try (k) {
                        return Keyring.decode(group, k);
                    }
                })
                .orElseGet(() -> new Keyring(group));
    }

    @Override
    public synchronized Optional<CohortKey> key(long cohort) {
        return ring.key(cohort);
    }

    /** Takes what the epochs of the chain give. Does not ask the gateway. */
    synchronized void collect(GroupFacts facts) {
        boolean changed = false;
        for (EpochFact first : facts.firstEpochs()) {
            if (!ring.cohorts().contains(first.cohort())) {
                changed |= host.derive(group, first.epoch(), exporter -> {
                            CohortKey key = CohortKey.of(exporter, group, first.cohort());
                            if (facts.history() == History.FROM_JOIN) {
                                try (SecretBytes join = RingSeal.joinKey(exporter, group, first.cohort())) {
                                    ring.add(first.cohort(), key, join);
                                }
                            } else {
                                ring.add(first.cohort(), key);
                            }
                            return true;
                        })
                        .orElse(false);
            }
        }
        if (changed) {
            save();
        }
    }

    private void save() {
        try (SecretBytes all = ring.encode()) {
            rows.transact(tx -> {
                tx.put(KEYS, Octets.EMPTY, all);
                return tx;
            });
        }
    }

    private boolean complete(GroupFacts facts) {
        return ring.entries()
                .containsAll(facts.firstEpochs().stream().map(EpochFact::cohort).toList());
    }

    /**
     * Takes the published ring if it is new, publishes one for the current epoch if nobody did and this member has every entry.
     *
     * @param mayPublish others come first
     * @return whether there is nothing left to do in this epoch
     */
    synchronized boolean upkeep(GroupFacts facts, boolean mayPublish) {
        EpochFact now = facts.current().orElseThrow();
        if (ringEpoch == now.epoch() && complete(facts)) {
            return true;
        }
        Optional<Ring> published = remote.ring().map(Ring::decode);
        if (published.isPresent() && published.get().epoch() == now.epoch()) {
            take(published.get(), now);
            ringEpoch = now.epoch();
            return complete(facts);
        }
        if (!mayPublish || !complete(facts)) {
            return false;
        }
        long version = published.map(Ring::version).orElse(0L) + 1;
        Stand stand = new Stand(group, host.leaf(), now.epochHash(), now.rosterHash());
        Optional<Octets> sealed = host.derive(group, now.epoch(), exporter -> {
            try (SecretBytes key = RingSeal.ringKey(exporter, group, now.epoch());
                    SecretBytes plain = ring.ring()) {
                return RingSeal.seal(key, Ring.context(stand, now.epoch(), version), plain, entropy);
            }
        });
        if (sealed.isEmpty()) {
            return false;
        }
        try {
            remote.putRing(
                    Ring.of(stand, now.epoch(), version, sealed.get(), signer).encode());
            ringEpoch = now.epoch();
        } catch (ConflictException e) {
            // somebody was faster, or the epoch is over: looked at again next time
            return false;
        }
        return true;
    }

    private void take(Ring published, EpochFact now) {
        boolean signed = published.stand().epochHash().equals(now.epochHash())
                && published.stand().group().equals(group)
                && now.roster()
                        .entry(published.stand().leaf())
                        .map(RosterEntry::idKey)
                        .filter(key -> published.signedBy(VerifyingKey.of(key)))
                        .isPresent();
        if (!signed || !seen.add(published.signature())) {
            return;
        }
        Optional<Boolean> taken = host.derive(group, now.epoch(), exporter -> {
            try (SecretBytes key = RingSeal.ringKey(exporter, group, now.epoch());
                    SecretBytes plain = RingSeal.open(
                            key,
                            Ring.context(published.stand(), published.epoch(), published.version()),
                            published.sealed())) {
                ring.absorb(plain);
            } catch (AuthenticationFailedException e) {
                // sealed wrong by a member: the keys this member has stay
                return false;
            }
            return true;
        });
        if (taken.orElse(false)) {
            save();
        }
    }
}
