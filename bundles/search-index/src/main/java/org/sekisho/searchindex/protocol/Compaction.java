// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.sekisho.api.LeafId;
import org.sekisho.api.group.History;
import org.sekisho.searchindex.protocol.ChainFacts.EpochFact;
import org.sekisho.searchindex.text.Profile;
import org.sekisho.searchindex.wire.IndexLimits;
import org.sekisho.searchindex.wire.Manifest;

/**
 * Which segments are to be written again, by the log alone: those whose key a removed member knows first, then levels that have
 * sixteen. Where members read from their join on, cohorts stay apart (protocol note F6).
 */
final class Compaction {

    /** Rows of all that is merged at once: the result has no more. */
    private static final long MOST_ROWS = IndexLimits.MAX_ROWS / 2;

    private final IndexLog log;
    private final ChainFacts facts;
    private final LeafId self;
    private final Predicate<Manifest> readable;

    /** @param readable whether this member can open a segment: what it cannot it leaves to others */
    Compaction(IndexLog log, ChainFacts facts, LeafId self, Predicate<Manifest> readable) {
        this.log = log;
        this.facts = facts;
        this.self = self;
        this.readable = readable;
    }

    /** Segments to be replaced by one of this level. */
    record Work(List<Manifest> sources, int level) {}

    /** What can be merged with what. */
    private record Kind(int level, long cohort, Profile profile) {}

    Optional<Work> next() {
        Optional<Work> exposed = exposed();
        return exposed.isPresent() ? exposed : full();
    }

    private Optional<Work> exposed() {
        Map<Kind, List<Manifest>> groups = groups(m -> m.keyCohort() < facts.lastRemoval(), false);
        return groups.values().stream().findFirst().map(all -> {
            List<Manifest> some = fitting(all);
            int highest = some.stream().mapToInt(Manifest::level).max().orElse(0);
            int level = some.size() > 1 ? highest + 1 : highest;
            return new Work(some, Math.max(1, Math.min(level, IndexLimits.MAX_LEVEL)));
        });
    }

    private Optional<Work> full() {
        return groups(m -> m.rows() <= IndexLimits.FINAL_ROWS, true).entrySet().stream()
                .filter(e -> e.getValue().size() >= IndexLimits.FAN)
                .findFirst()
                .map(e -> new Work(fitting(e.getValue()), Math.min(e.getKey().level() + 1, IndexLimits.MAX_LEVEL)))
                .filter(work -> work.sources().size() > 1);
    }

    /** The oldest first, by what can be merged. */
    private Map<Kind, List<Manifest>> groups(Predicate<Manifest> wanted, boolean byLevel) {
        Map<Kind, List<Manifest>> groups = new LinkedHashMap<>();
        log.segments().stream()
                .filter(SegmentState::live)
                .filter(this::mayReplace)
                .sorted(Comparator.comparingLong(SegmentState::n))
                .map(SegmentState::manifest)
                .filter(wanted)
                .filter(readable)
                .forEach(m -> groups.computeIfAbsent(
                                new Kind(
                                        byLevel ? m.level() : 0,
                                        facts.history() == History.FULL ? 0 : m.cohort(),
                                        m.profile()),
                                k -> new ArrayList<>())
                        .add(m));
        return groups;
    }

    private static List<Manifest> fitting(List<Manifest> all) {
        List<Manifest> some = new ArrayList<>();
        long rows = 0;
        for (Manifest m : all) {
            rows += m.rows();
            if (some.size() == IndexLimits.FAN || !some.isEmpty() && rows > MOST_ROWS) {
                break;
            }
            some.add(m);
        }
        return some;
    }

    /** As the log's rules will have it: not what this member merged itself and nobody looked at. */
    private boolean mayReplace(SegmentState state) {
        return state.manifest().level() == 0
                || state.audited()
                || !EntryRules.sameMember(state.manifest().writer(), self)
                || facts.current().map(this::alone).orElse(false);
    }

    private boolean alone(EpochFact epoch) {
        return epoch.roster().entries().stream().allMatch(e -> EntryRules.sameMember(e.leaf(), self));
    }

    /** Merged segments of other members that nobody has looked at yet, the oldest first. */
    List<SegmentState> unaudited() {
        return log.segments().stream()
                .filter(s -> s.live() && !s.audited() && s.manifest().level() > 0)
                .filter(s -> !EntryRules.sameMember(s.manifest().writer(), self))
                .sorted(Comparator.comparingLong(SegmentState::n))
                .toList();
    }
}
