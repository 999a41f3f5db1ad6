// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.directory.Participant;
import org.sekisho.groups.engine.SchemeSwapped;

/**
 * What the directory says of some leaves, looked up between transactions, never inside one: the directory is another scope.
 * One object serves one operation.
 */
final class Participants {

    /** Finds a participant, if the directory holds it. */
    @FunctionalInterface
    interface Lookup {
        Optional<Participant> participant(LeafId leaf);
    }

    private static final int MAX_SWAPS = 16;

    private final Lookup directory;
    private final Map<LeafId, Optional<Participant>> known = new HashMap<>();

    private Participants(Lookup directory) {
        this.directory = directory;
    }

    /** Runs {@code operation} until it has all the participants it asks for, and again when its scheme was swapped. */
    static <T> T looking(Lookup directory, Function<Participants, T> operation) {
        var participants = new Participants(directory);
        int swaps = 0;
        while (true) {
            try {
                return operation.apply(participants);
            } catch (LookupNeeded needed) {
                needed.leaves().forEach(l -> participants.known.put(l, directory.participant(l)));
            } catch (SchemeSwapped swapped) {
                if (++swaps > MAX_SWAPS) {
                    throw new UnavailableException(ErrorCode.CAPABILITY_ABSENT, "the scheme is being swapped");
                }
            }
        }
    }

    /** Requires that {@link #get} can answer for all of these. */
    void need(List<LeafId> leaves) {
        List<LeafId> missing =
                leaves.stream().filter(l -> !known.containsKey(l)).toList();
        if (!missing.isEmpty()) {
            throw new LookupNeeded(missing);
        }
    }

    Optional<Participant> get(LeafId leaf) {
        need(List.of(leaf));
        return known.getOrDefault(leaf, Optional.empty());
    }
}
