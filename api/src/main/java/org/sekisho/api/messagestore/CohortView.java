// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.messagestore;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/**
 * A cohort as the store has it.
 *
 * @param firstEpoch of the cohort
 * @param headerEpoch the oldest of {@code headerEpochs}
 * @param headerEpochs where its headers are: one epoch when all is well; more when members wrote on while a token was missing
 * @param state see {@link State}
 * @param points what members said of its points at {@code headerEpoch} and later
 * @param tokens from the first that is at work or waits to the last
 * @param messages about how many headers it has
 */
public record CohortView(
        long cohort,
        long firstEpoch,
        long headerEpoch,
        List<Long> headerEpochs,
        State state,
        List<PointView> points,
        List<TokenView> tokens,
        long messages) {

    public CohortView {
        headerEpochs = List.copyOf(headerEpochs);
        points = List.copyOf(points);
        tokens = List.copyOf(tokens);
    }

    /** Where a cohort stands. */
    public enum State {
        /** Its headers are at the current epoch. */
        CURRENT,
        /** It waits for a token, or for a second member's word on one. */
        WAITING,
        /** A job turns its headers. */
        APPLYING,
        /** Its tokens are kept and applied at each read. */
        LAZY,
        /** No member of the group can turn it (protocol note F7). */
        ORPHANED
    }

    /** A point that members named, and who they are. */
    public record PointView(long epoch, Octets point, List<LeafId> by, boolean confirmed) {
        public PointView {
            by = List.copyOf(by);
        }
    }

    /** A token; its octets are shown to nobody. */
    public record TokenView(
            long fromEpoch, long toEpoch, TokenState state, LeafId by, Optional<LeafId> checkedBy, String waitsFor) {}
}
