// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.audit.protocol;

import java.util.Optional;
import org.sekisho.api.Octets;
import org.sekisho.api.audit.AuditRecord;
import org.sekisho.codec.MalformedException;

/**
 * Follows a chain record by record and stops at the first that does not fit. What it was given before the stop is exactly
 * what was appended, in order and without gaps; what a chain lacks at its end only a head or an anchor can tell.
 *
 * <p>Not safe for concurrent use.
 */
public final class ChainWalk {

    private final Optional<Head> anchor;
    private Head last;
    private String problem = "";

    private ChainWalk(Head start, Optional<Head> anchor) {
        this.last = start;
        this.anchor = anchor;
    }

    /** A walk from the first record of {@code scope}; it must pass through {@code anchor}, if there is one. */
    public static ChainWalk fromStart(Octets scope, Optional<Head> anchor) {
        return new ChainWalk(Head.ofEmpty(scope), anchor);
    }

    /** A walk from the record after {@code trusted}. */
    public static ChainWalk after(Head trusted) {
        return new ChainWalk(trusted, Optional.empty());
    }

    /** Takes the record stored as number {@code n}; false when the walk has come to its end because of it. */
    public boolean accept(long n, Octets stored) {
        if (!intact()) {
            return false;
        }
        problem = problemOf(n, stored);
        return intact();
    }

    /** The head must be where the walk arrived, and not before the anchor. */
    public void end(Optional<Head> head) {
        if (!intact()) {
            return;
        }
        if (head.isEmpty() && last.n() > 0) {
            problem = "the head is missing";
        } else if (head.isPresent() && !head.get().equals(last)) {
            problem = "the head names record " + head.get().n() + ", the records end at " + last.n();
        } else if (anchor.isPresent() && anchor.get().n() > last.n()) {
            problem = "the anchor names record " + anchor.get().n() + ", the records end at " + last.n();
        }
    }

    /** Ends the walk for something seen elsewhere, unless it has ended already. */
    public void stop(String reason) {
        if (intact()) {
            problem = reason;
        }
    }

    public boolean intact() {
        return problem.isEmpty();
    }

    /** What was wrong first; empty when nothing was. */
    public String problem() {
        return problem;
    }

    /** The last record that fitted. */
    public Head last() {
        return last;
    }

    private String problemOf(long n, Octets stored) {
        if (n != last.n() + 1) {
            return "record " + (last.n() + 1) + " is missing";
        }
        AuditRecord record;
        try {
            record = Link.decode(stored);
        } catch (MalformedException e) {
            return "record " + n + " cannot be read";
        }
        if (!Link.follows(last, record)) {
            return "record " + n + " does not follow from the one before";
        }
        last = new Head(n, record.hash());
        boolean otherThanAnchored = anchor.isPresent()
                && anchor.get().n() == n
                && !anchor.get().hash().equals(record.hash());
        return otherThanAnchored ? "record " + n + " is not the anchored one" : "";
    }
}
