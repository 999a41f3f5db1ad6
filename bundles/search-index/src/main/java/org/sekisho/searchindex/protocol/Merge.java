// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.searchindex.wire.IndexLimits;
import org.sekisho.searchindex.wire.Tombstone;

/** What several segments are together, without what was deleted. Everybody who merges the same gets the same. */
final class Merge {

    private final IndexLog log;

    /** In the order of the manifest. */
    record Merged(List<Item> items, List<Hash> removed) {}

    private final ChainFacts facts;

    Merge(IndexLog log, ChainFacts facts) {
        this.log = log;
        this.facts = facts;
    }

    /** Without what any tombstone of the log deletes, at most {@link IndexLimits#MAX_REMOVED} of them. */
    Merged now(List<Item> together) {
        List<Item> kept = new ArrayList<>();
        Map<Hash, Tombstone> used = new TreeMap<>();
        for (Item item : together) {
            var tombstone = log.tombstone(item.message(), item.sender());
            boolean drop = tombstone.isPresent()
                    && (used.size() < IndexLimits.MAX_REMOVED || used.containsKey(log.hash(tombstone.get())));
            if (drop) {
                used.put(log.hash(tombstone.get()), tombstone.get());
            } else {
                kept.add(item);
            }
        }
        return new Merged(kept, List.copyOf(used.keySet()));
    }

    /** Without what these tombstones delete. */
    List<Item> then(List<Item> together, List<Tombstone> removed) {
        Map<Octets, List<Tombstone>> byMessage = removed.stream().collect(Collectors.groupingBy(Tombstone::message));
        return together.stream()
                .filter(item -> byMessage.getOrDefault(item.message(), List.of()).stream()
                        .noneMatch(t -> EntryRules.deletes(t, item.sender(), facts)))
                .toList();
    }

    /** All of them, equal ones once, newest first. */
    static List<Item> together(List<List<Item>> sources) {
        List<Item> sorted = new ArrayList<>();
        sources.forEach(sorted::addAll);
        sorted.sort(Item.NEWEST_FIRST);
        List<Item> distinct = new ArrayList<>(sorted.size());
        for (Item item : sorted) {
            int last = distinct.size() - 1;
            if (last >= 0 && Item.NEWEST_FIRST.compare(distinct.get(last), item) == 0) {
                var tokens = new TreeSet<>(distinct.get(last).tokens());
                tokens.addAll(item.tokens());
                distinct.set(last, new Item(item.message(), item.minute(), item.sender(), List.copyOf(tokens)));
            } else {
                distinct.add(item);
            }
        }
        return distinct;
    }
}
