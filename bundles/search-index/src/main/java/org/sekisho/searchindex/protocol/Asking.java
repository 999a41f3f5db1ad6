// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.searchindex.IndexAnswer;
import org.sekisho.api.searchindex.IndexAnswer.Found;
import org.sekisho.api.searchindex.IndexQuery;
import org.sekisho.api.searchindex.IndexQuery.Lookup;
import org.sekisho.codec.MalformedException;

/** Puts look-ups into requests the gateway takes, and, if wished, words apart from each other. */
final class Asking {

    private final RemoteIndex remote;
    private final boolean unlinkWords;
    private final Entropy entropy;
    private long head;

    Asking(RemoteIndex remote, boolean unlinkWords, Entropy entropy) {
        this.remote = remote;
        this.unlinkWords = unlinkWords;
        this.entropy = entropy;
    }

    /** A look-up and which word of the query it is for. */
    record Wanted(Octets word, Lookup lookup) {}

    /** Newest position of the log that an answer told; 0 before the first. */
    long head() {
        return head;
    }

    /** Answers in the order of the wanted. */
    List<Found> ask(List<Wanted> wanted, boolean countsOnly) {
        Found[] found = new Found[wanted.size()];
        for (List<Integer> request : requests(wanted)) {
            List<Lookup> lookups =
                    request.stream().map(i -> wanted.get(i).lookup()).toList();
            IndexAnswer answer = remote.search(new IndexQuery(lookups, countsOnly));
            head = Math.max(head, answer.head());
            if (answer.found().size() != lookups.size()) {
                throw new MalformedException("an answer to another query", 0);
            }
            for (int i = 0; i < lookups.size(); i++) {
                found[request.get(i)] = checked(answer.found().get(i), lookups.get(i), countsOnly);
            }
        }
        return List.of(found);
    }

    private static Found checked(Found found, Lookup lookup, boolean countsOnly) {
        boolean fits = found.count() >= 0
                && found.count() <= lookup.limit()
                && found.blocks().size() == (countsOnly ? 0 : found.count());
        if (!fits) {
            throw new MalformedException("more blocks than were asked for", 0);
        }
        return found;
    }

    private List<List<Integer>> requests(List<Wanted> wanted) {
        Map<Octets, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            groups.computeIfAbsent(unlinkWords ? wanted.get(i).word() : Octets.EMPTY, w -> new ArrayList<>())
                    .add(i);
        }
        List<List<Integer>> order = new ArrayList<>(groups.values());
        if (unlinkWords) {
            Collections.shuffle(order, new Random(Octets.of(entropy.next(8)).toLong()));
        }
        List<List<Integer>> requests = new ArrayList<>();
        order.forEach(group -> split(group, wanted, requests));
        return requests;
    }

    private static void split(List<Integer> group, List<Wanted> wanted, List<List<Integer>> requests) {
        List<Integer> request = new ArrayList<>();
        Set<Octets> segments = new LinkedHashSet<>();
        int blocks = 0;
        for (int i : group) {
            Lookup lookup = wanted.get(i).lookup();
            boolean full = request.size() == IndexQuery.MAX_LOOKUPS
                    || blocks + lookup.limit() > IndexQuery.MAX_ANSWER
                    || segments.size() == IndexQuery.MAX_SEGMENTS && !segments.contains(lookup.segment());
            if (full) {
                requests.add(request);
                request = new ArrayList<>();
                segments.clear();
                blocks = 0;
            }
            request.add(i);
            segments.add(lookup.segment());
            blocks += lookup.limit();
        }
        if (!request.isEmpty()) {
            requests.add(request);
        }
    }
}
