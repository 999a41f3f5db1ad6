// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.crypto.VerifyingKey;
import org.sekisho.searchindex.protocol.ChainFacts.EpochFact;
import org.sekisho.searchindex.wire.Audit;
import org.sekisho.searchindex.wire.Entry;
import org.sekisho.searchindex.wire.IndexLimits;
import org.sekisho.searchindex.wire.Manifest;
import org.sekisho.searchindex.wire.Replaced;
import org.sekisho.searchindex.wire.Stand;
import org.sekisho.searchindex.wire.Tombstone;

/**
 * Which entries of an index log count (0050, 6.2). The gateway applies them before it takes an entry, every member again: the
 * outcome depends on the log and the group's verified chain alone.
 */
public final class EntryRules {

    /** What was accepted so far. */
    public interface Known {

        Optional<SegmentState> segment(Octets id);

        /** The hash of the log after entry {@code n}; empty beyond its end. */
        Optional<Hash> hashAt(long n);

        /** Greatest key cohort of an accepted manifest. */
        long newestCohort();
    }

    /** What is to be done with an entry. */
    public enum Verdict {
        ACCEPTED,
        /** Does not count: forged, foreign, too late, or not allowed. */
        IGNORED,
        /** Names an epoch that is not known here yet. */
        AHEAD,
        /** Its writer saw another log: somebody shows different logs to different members. */
        FORKED
    }

    private final ChainFacts facts;
    private final Known known;

    public EntryRules(ChainFacts facts, Known known) {
        this.facts = facts;
        this.known = known;
    }

    /** Judges what would become entry {@code n}. */
    public Verdict judge(long n, Entry entry) {
        Stand stand = entry.statement().stand();
        Optional<EpochFact> epoch = facts.epoch(stand.epochHash());
        if (epoch.isEmpty()) {
            return Verdict.AHEAD;
        }
        if (!epoch.get().rosterHash().equals(stand.rosterHash()) || !signed(entry, epoch.get())) {
            return Verdict.IGNORED;
        }
        if (entry.statement() instanceof Manifest manifest) {
            return judge(n, manifest, epoch.get());
        }
        boolean counts = entry.statement() instanceof Audit audit
                ? judge(audit)
                : !((Tombstone) entry.statement()).message().equals(Octets.of(new byte[IndexLimits.ID]));
        return counts ? Verdict.ACCEPTED : Verdict.IGNORED;
    }

    private static boolean signed(Entry entry, EpochFact epoch) {
        return epoch.roster()
                .entry(entry.statement().stand().leaf())
                .map(RosterEntry::idKey)
                .filter(key -> entry.signedBy(VerifyingKey.of(key)))
                .isPresent();
    }

    private Verdict judge(long n, Manifest manifest, EpochFact epoch) {
        if (manifest.keyCohort() != epoch.cohort()
                || manifest.keyCohort() < known.newestCohort()
                || known.segment(manifest.segment()).isPresent()) {
            return Verdict.IGNORED;
        }
        if (manifest.seen().n() >= n) {
            return Verdict.IGNORED;
        }
        if (!known.hashAt(manifest.seen().n())
                .equals(Optional.of(manifest.seen().hash()))) {
            return Verdict.FORKED;
        }
        boolean fits = (facts.history() == History.FROM_JOIN || manifest.cohort() == manifest.keyCohort())
                && manifest.replaces().stream()
                                .map(Replaced::segment)
                                .distinct()
                                .count()
                        == manifest.replaces().size()
                && manifest.replaces().stream().allMatch(old -> replaceable(old, manifest, epoch));
        return fits ? Verdict.ACCEPTED : Verdict.IGNORED;
    }

    /** Who replaces a segment that nobody else looked at answers for it, so it is not its own writer (protocol note R10). */
    private boolean replaceable(Replaced old, Manifest by, EpochFact epoch) {
        Optional<SegmentState> state = known.segment(old.segment()).filter(SegmentState::live);
        if (state.isEmpty() || !state.get().manifest().directoryHash().equals(old.directory())) {
            return false;
        }
        Manifest manifest = state.get().manifest();
        boolean checked = manifest.level() == 0
                || state.get().audited()
                || !sameMember(manifest.writer(), by.writer())
                || oneMember(epoch);
        return checked && (facts.history() == History.FULL || manifest.cohort() == by.cohort());
    }

    private boolean judge(Audit audit) {
        return known.segment(audit.segment())
                .filter(SegmentState::live)
                .map(SegmentState::manifest)
                .filter(m -> m.level() > 0
                        && m.directoryHash().equals(audit.directory())
                        && !sameMember(m.writer(), audit.stand().leaf()))
                .isPresent();
    }

    /** Whether a deletion counts for a message of {@code sender}. */
    public static boolean deletes(Tombstone tombstone, LeafId sender, ChainFacts facts) {
        return tombstone.stand().leaf().equals(sender) || administrative(tombstone, facts);
    }

    static boolean administrative(Tombstone tombstone, ChainFacts facts) {
        return facts.epoch(tombstone.stand().epochHash())
                .flatMap(e -> e.roster().entry(tombstone.stand().leaf()))
                .filter(e -> e.rights().contains(Right.ADMIN))
                .isPresent();
    }

    private static boolean oneMember(EpochFact epoch) {
        LeafId first = epoch.roster().entries().get(0).leaf();
        return epoch.roster().entries().stream().allMatch(e -> sameMember(first, e.leaf()));
    }

    /** Devices of one member. */
    static boolean sameMember(LeafId a, LeafId b) {
        return a.value().slice(0, 16).equals(b.value().slice(0, 16));
    }
}
