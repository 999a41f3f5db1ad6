// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.RejectedException;
import org.sekisho.codec.CborReader;
import org.sekisho.groupmanagement.wire.Formulas;
import org.sekisho.groupmanagement.wire.Rotation;

/**
 * How RN1 came to be what it is, without RN1: server and members keep the same line and compare it in every transcript. Every
 * adopted roster takes exactly one step, every rotation without a new roster another one.
 *
 * @param gen generation the last committed epoch uses; 0 when nobody has made RN1 yet
 * @param last the last step of that epoch; empty while RN1 is the founder's first
 * @param roster hash of that epoch's roster
 * @param steps taken since, ascending
 */
record Rn1Line(long gen, Optional<Hash> last, Hash roster, List<Rn1Step> steps) {

    static final int MAX_STEPS = 64;

    Rn1Line {
        steps = List.copyOf(steps);
    }

    static Rn1Line from(long gen, Optional<Hash> last, Hash roster) {
        return new Rn1Line(gen, last, roster, List.of());
    }

    long topGen() {
        return steps.isEmpty() ? gen : top().gen();
    }

    Optional<Hash> lastStep() {
        return steps.isEmpty() ? last : Optional.of(top().hash());
    }

    /** The roster the next epoch will name. */
    Hash target() {
        return steps.isEmpty() ? roster : top().rosterHash();
    }

    boolean knows(Hash rosterHash) {
        return roster.equals(rosterHash)
                || steps.stream().anyMatch(s -> s.rosterHash().equals(rosterHash));
    }

    /**
     * Nobody has made RN1 yet, or somebody left and nobody who stayed has made a new one since. A mere join step raises the
     * generation too, but a former member can take it as well.
     */
    boolean needsRotation(boolean deferred) {
        if (topGen() == 0) {
            return true;
        }
        boolean missing = false;
        for (Rn1Step step : steps) {
            missing = !step.rotation() && (missing || step.removes());
        }
        return missing && !deferred;
    }

    Rn1Line join(GroupId group, Hash rosterHash, boolean removes) {
        // Without an RN1 there is nothing to step on; the rotation that is due anyway covers the new roster.
        long next = topGen() == 0 ? 0 : topGen() + 1;
        return with(new Rn1Step(next, rosterHash, false, Formulas.joinStepHash(group, next, rosterHash), removes));
    }

    Rn1Line rotate(Rotation rotation, boolean removes) {
        return with(new Rn1Step(rotation.rn1Gen(), rotation.rosterHash(), true, rotation.hash(), removes));
    }

    /** The line after an epoch of generation {@code committed} was committed. */
    Rn1Line committed(long committed, Optional<Hash> step, Hash rosterHash) {
        return new Rn1Line(
                committed,
                step,
                rosterHash,
                steps.stream().filter(s -> s.gen() > committed).toList());
    }

    private Rn1Line with(Rn1Step step) {
        if (steps.size() == MAX_STEPS) {
            throw new RejectedException(ErrorCode.LIMIT_EXCEEDED, "steps before a commit: at most " + MAX_STEPS);
        }
        var all = new ArrayList<>(steps);
        all.add(step);
        return new Rn1Line(gen, last, roster, all);
    }

    private Rn1Step top() {
        return steps.get(steps.size() - 1);
    }

    List<Object> elements() {
        List<Object> list = new ArrayList<>();
        for (Rn1Step s : steps) {
            list.add(List.of(s.gen(), s.rosterHash(), s.rotation(), s.hash(), s.removes()));
        }
        return List.of(gen, last, roster, list);
    }

    static Rn1Line read(CborReader r) {
        r.arrayOf(4);
        return new Rn1Line(
                r.uint(Long.MAX_VALUE), r.optional(CborReader::hash), r.hash(), r.list(MAX_STEPS, Rn1Line::step));
    }

    private static Rn1Step step(CborReader r) {
        r.arrayOf(5);
        return new Rn1Step(r.uint(Long.MAX_VALUE), r.hash(), r.bool(), r.hash(), r.bool());
    }
}
