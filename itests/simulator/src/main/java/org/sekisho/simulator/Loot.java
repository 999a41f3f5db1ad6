// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Step.Part;
import org.sekisho.crypto.Sha256;

/** All that one node ever held, drew, said and heard: what it could use if it turned traitor. */
public final class Loot {

    private static final int SIZE = 32;

    private final Set<Octets> words = new LinkedHashSet<>();
    private final Set<Octets> drawn = new LinkedHashSet<>();
    private final Set<Octets> relayed = new LinkedHashSet<>();
    private final Map<String, Set<Octets>> parts = new HashMap<>();
    private final Map<String, List<Octets>> messages = new LinkedHashMap<>();
    private final Map<Hash, Roster> rosters = new LinkedHashMap<>();

    /** Every string of 32 octets in state, randomness and what was opened. */
    public Set<Octets> words() {
        return words;
    }

    /** Every 32 octets of randomness asked for at once. */
    public Set<Octets> drawn() {
        return drawn;
    }

    /** What others opened: a server knows all it sealed to them, so it is given all of it. */
    public Set<Octets> relayed() {
        return relayed;
    }

    /** Strings of 32 octets in state rows whose key begins so. */
    public Set<Octets> words(String prefix) {
        Loot some = new Loot();
        parts.forEach((key, values) -> {
            if (key.startsWith(prefix)) {
                values.forEach(some::holds);
            }
        });
        return some.words;
    }

    /** Values that state rows ever had, by their keys. */
    public Map<String, Set<Octets>> parts() {
        return parts;
    }

    /** Bodies sent or received, of one type. */
    public List<Octets> messages(String type) {
        return messages.getOrDefault(type, List.of());
    }

    /** Rosters seen, in the order of their numbers where the node kept to it. */
    public Map<Hash, Roster> rosters() {
        return rosters;
    }

    void drew(byte[] octets) {
        Octets value = Octets.of(octets);
        if (octets.length == SIZE) {
            drawn.add(value);
        }
        holds(value);
    }

    void relayed(Octets value) {
        if (value.size() == SIZE) {
            relayed.add(value);
        }
    }

    void stored(Part part) {
        part.value().ifPresent(value -> {
            parts.computeIfAbsent(part.key(), k -> new LinkedHashSet<>()).add(value);
            holds(value);
        });
    }

    void message(String type, Octets body) {
        messages.computeIfAbsent(type, t -> new ArrayList<>()).add(body);
    }

    void roster(SignedRoster roster) {
        rosters.put(Sha256.hash(roster.encoded()), roster.roster());
    }

    /** Takes the value and everything in it that looks like a CBOR string of 32 octets, or of 64: two of them. */
    void holds(Octets value) {
        byte[] b = value.toByteArray();
        if (b.length == SIZE) {
            words.add(value);
        }
        for (int i = 0; i + 2 + SIZE <= b.length; i++) {
            if (b[i] == 0x58 && (b[i + 1] == SIZE || b[i + 1] == 2 * SIZE)) {
                for (int at = i + 2; at + SIZE <= Math.min(b.length, i + 2 + b[i + 1]); at += SIZE) {
                    words.add(value.slice(at, at + SIZE));
                }
            }
        }
    }
}
