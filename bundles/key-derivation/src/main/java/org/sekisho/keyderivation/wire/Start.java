// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Roster;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;

/**
 * An {@link Attempt} as it travels: leaves are indices into the entries of the roster that it is for, in runs {@code [first, count]} of
 * ascending ones. So nobody can be named who is not in that roster, and a ring in the order of the roster takes a few octets.
 */
public record Start(
        long target,
        Op op,
        long attempt,
        Optional<Hash> previous,
        Hash rosterHash,
        Places active,
        Hash ringHash,
        Places joiners,
        boolean audit) {

    public static final int MAX_SIZE = 256 + 5 * Policy.MAX_MEMBERS;

    /** The attempt, its leaves all of {@code roster} and each named once. */
    public Attempt resolve(GroupId group, Roster roster) {
        int leaves = roster.entries().size();
        if (!active.areOnceBelow(leaves) || !joiners.areOnceBelow(leaves)) {
            throw SekishoException.of(ErrorCode.NOT_A_MEMBER, "a place that is not in the roster, or twice");
        }
        return new Attempt(group, this, roster);
    }

    public Octets encode() {
        var w = new CborWriter().array(10).integer(1).integer(target).integer(op.ordinal());
        w.integer(attempt);
        previous.ifPresentOrElse(h -> w.bytes(h.value()), w::nil);
        active.write(w.bytes(rosterHash.value()));
        joiners.write(w.bytes(ringHash.value()));
        return w.bool(audit).toOctets();
    }

    public static Start decode(Octets encoded) {
        return Strict.decode("start", encoded, MAX_SIZE, Start::read);
    }

    private static Start read(CborReader r) {
        r.struct(1, 10);
        var start = new Start(
                r.integer(1, Long.MAX_VALUE),
                Op.of(r.uint(Op.LAST)),
                r.integer(1, Long.MAX_VALUE),
                r.optional(CborReader::hash),
                r.hash(),
                Places.read(r),
                r.hash(),
                Places.read(r),
                r.bool());
        if (start.active.isEmpty()) {
            throw new RejectedException(ErrorCode.MALFORMED, "nobody is active");
        }
        return start;
    }
}
