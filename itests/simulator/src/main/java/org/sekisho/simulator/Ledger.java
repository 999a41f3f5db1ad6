// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/** What the invariants are judged by. Every method throws {@link Violation}. */
final class Ledger {

    private record Keys(Hash epochHash, Octets exported) {}

    private final long seed;
    private final boolean gatewayLies;
    private final boolean gatewaySplits;
    private final Map<Long, Keys> epochs = new HashMap<>();
    private final Map<Hash, Octets> keys = new HashMap<>();
    private final Map<LeafId, Map<Long, Hash>> paths = new HashMap<>();
    private final Set<LeafId> behind = new HashSet<>();
    private final Map<String, Sent> sent = new HashMap<>();
    private final Map<LeafId, Map<String, Long>> received = new HashMap<>();
    private final Map<LeafId, Set<Long>> held = new HashMap<>();
    private final Set<LeafId> everLeft = new HashSet<>();
    private int receptions;

    Ledger(long seed, boolean gatewayLies, boolean gatewaySplits) {
        this.seed = seed;
        this.gatewayLies = gatewayLies;
        this.gatewaySplits = gatewaySplits;
    }

    /** This leaf is shown the other history from now on. */
    void behind(LeafId leaf) {
        behind.add(leaf);
    }

    /** P4: one epoch, one hash, one key. Of a gateway that splits: one hash, one key, and no leaf has two of an epoch. */
    void keyed(LeafId leaf, long epoch, Hash epochHash, Octets exported) {
        Octets key = keys.putIfAbsent(epochHash, exported);
        if (key != null && !key.equals(exported)) {
            throw violation("two keys under one hash of epoch " + epoch + " at " + leaf);
        }
        Hash before = paths.computeIfAbsent(leaf, l -> new HashMap<>()).putIfAbsent(epoch, epochHash);
        if (before != null && !before.equals(epochHash)) {
            throw violation(leaf + " has taken two epochs " + epoch);
        }
        if (gatewaySplits) {
            return;
        }
        Keys mine = new Keys(epochHash, exported);
        Keys first = epochs.putIfAbsent(epoch, mine);
        if (first != null && !first.equals(mine)) {
            throw violation("two keys for epoch " + epoch + " at " + leaf);
        }
    }

    /** The leaf has had the key of this epoch. */
    void held(LeafId leaf, long epoch) {
        held.computeIfAbsent(leaf, l -> new HashSet<>()).add(epoch);
    }

    void left(LeafId leaf) {
        everLeft.add(leaf);
    }

    void sent(Sent s) {
        sent.put(s.text(), s);
    }

    /**
     * P5: only the leaves of the epoch it was sealed in read a message, and only once; a kill between hearing and saying so
     * repeats it under the same number.
     */
    void received(LeafId leaf, long n, String text) {
        Sent s = sent.get(text);
        if (s == null) {
            throw violation(leaf + " read what nobody sent: " + text);
        }
        if (!s.readers().contains(leaf)) {
            throw violation(leaf + " read a message of epoch " + s.epoch() + " it does not belong to");
        }
        Long before = received.computeIfAbsent(leaf, l -> new HashMap<>()).putIfAbsent(text, n);
        if (before != null && before != n) {
            throw violation(leaf + " read twice: " + text);
        }
        receptions++;
    }

    /**
     * P1: what was acknowledged has reached everybody it was for who stayed.
     *
     * @param lateKeys a leaf that was away is brought into the newest epoch only, and does not hold those before: what was said in
     *     them it is not owed
     */
    void allReceived(Set<LeafId> members, Set<String> acknowledged, boolean lateKeys) {
        if (gatewayLies || gatewaySplits) {
            return;
        }
        for (String text : acknowledged) {
            Sent s = sent.get(text);
            for (LeafId reader : s.readers()) {
                boolean hadKey = held.getOrDefault(reader, Set.of()).contains(s.epoch());
                boolean due = (hadKey || !lateKeys)
                        && members.contains(reader)
                        && !everLeft.contains(reader)
                        && !reader.equals(s.sender());
                if (due && !received.getOrDefault(reader, Map.of()).containsKey(text)) {
                    throw violation("lost for " + reader + ": " + text + " of epoch " + s.epoch());
                }
            }
        }
    }

    int receptions() {
        return receptions;
    }

    Violation violation(String what) {
        return new Violation("seed " + seed + ": " + what);
    }
}
