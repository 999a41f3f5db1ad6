// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.rows;

import java.time.Instant;
import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.messagestore.TokenState;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;
import org.sekisho.crypto.Sha256;

/**
 * A token and its job, keyed by {@code 't' || cohort(8) || fromEpoch(8) || hash(32)}: {@code [1, claim, state, confirmed,
 * pointFrom|null, sealed|null, progress, times, checkedBy|null, undone]}.
 *
 * @param confirmed whether both points are
 * @param sealed the token, sealed with a key outside of the database; gone when destroyed
 * @param checkedBy who opened what it turned
 * @param undone whether it was taken back
 */
public record TokenRow(
        Claim claim,
        TokenState state,
        boolean confirmed,
        Optional<Octets> pointFrom,
        Optional<Octets> sealed,
        Progress progress,
        Times times,
        Optional<LeafId> checkedBy,
        boolean undone) {

    private static final int MAX_STATEMENT = 2048;
    private static final int MAX_SEALED = 256;

    /** What its submitter signed: {@code [cohort, from, to, hash, pointTo, by, statement]}. */
    public record Claim(long cohort, long from, long to, Hash hash, Octets pointTo, LeafId by, Octets statement) {

        /** Of the token, and of where it leads to; whoever says so. */
        public Hash hashed() {
            return Sha256.hashArray("pre token claim", cohort, from, to, hash, pointTo);
        }

        void write(CborWriter w) {
            w.array(7).integer(cohort).integer(from).integer(to).bytes(hash.value());
            w.bytes(pointTo).bytes(by.value()).bytes(statement);
        }

        static Claim read(CborReader r) {
            r.arrayOf(7);
            return new Claim(
                    number(r), number(r), number(r), r.hash(), r.octetsOf(32), r.leafId(), r.octets(MAX_STATEMENT));
        }
    }

    /** How far the job is: headers up to position {@code cursor} were looked at, {@code done} of {@code total}. */
    public record Progress(long cursor, long done, long total) {

        public static final Progress NONE = new Progress(0, 0, 0);

        void write(CborWriter w) {
            w.array(3).integer(cursor).integer(done).integer(total);
        }

        static Progress read(CborReader r) {
            r.arrayOf(3);
            return new Progress(number(r), number(r), number(r));
        }
    }

    /**
     * When what happened, in milliseconds since 1970; 0 for not yet.
     *
     * @param lived how long it has been in grace while a gateway ran, in milliseconds
     */
    public record Times(long received, long started, long applied, long lived, long updated) {

        void write(CborWriter w) {
            w.array(5)
                    .integer(received)
                    .integer(started)
                    .integer(applied)
                    .integer(lived)
                    .integer(updated);
        }

        static Times read(CborReader r) {
            r.arrayOf(5);
            return new Times(number(r), number(r), number(r), number(r), number(r));
        }
    }

    public static TokenRow received(Claim claim, Octets sealed, Instant now) {
        long millis = now.toEpochMilli();
        return new TokenRow(
                claim,
                TokenState.RECEIVED,
                false,
                Optional.empty(),
                Optional.of(sealed),
                Progress.NONE,
                new Times(millis, 0, 0, 0, millis),
                Optional.empty(),
                false);
    }

    public long cohort() {
        return claim.cohort();
    }

    public long from() {
        return claim.from();
    }

    public long to() {
        return claim.to();
    }

    /** Whether headers may be turned by it. */
    public boolean usable() {
        return confirmed
                && sealed.isPresent()
                && switch (state) {
                    case VERIFIED, APPLYING, GRACE, LAZY -> true;
                    case RECEIVED, UNDOING, DESTROYED -> false;
                };
    }

    /** Whether a job is at it. */
    public boolean working() {
        return state == TokenState.APPLYING || state == TokenState.UNDOING;
    }

    /** Goes on to another state. */
    public TokenRow in(TokenState next, Instant now) {
        long millis = now.toEpochMilli();
        boolean starts = next == TokenState.APPLYING || next == TokenState.UNDOING;
        return new TokenRow(
                claim,
                next,
                confirmed,
                pointFrom,
                next == TokenState.DESTROYED ? Optional.empty() : sealed,
                starts ? Progress.NONE : progress,
                new Times(
                        times.received(),
                        starts ? millis : times.started(),
                        next == TokenState.GRACE ? millis : times.applied(),
                        times.lived(),
                        millis),
                checkedBy,
                undone || next == TokenState.UNDOING);
    }

    public TokenRow with(Progress next, Instant now) {
        Times touched =
                new Times(times.received(), times.started(), times.applied(), times.lived(), now.toEpochMilli());
        return new TokenRow(claim, state, confirmed, pointFrom, sealed, next, touched, checkedBy, undone);
    }

    /** It leads from this point, and whether both its points are confirmed. */
    public TokenRow leading(Octets from, boolean both) {
        TokenState next = state == TokenState.RECEIVED ? TokenState.VERIFIED : state;
        return new TokenRow(claim, next, both, Optional.of(from), sealed, progress, times, checkedBy, undone);
    }

    public TokenRow lived(long millis) {
        Times longer = new Times(times.received(), times.started(), times.applied(), millis, times.updated());
        return new TokenRow(claim, state, confirmed, pointFrom, sealed, progress, longer, checkedBy, undone);
    }

    public TokenRow checked(LeafId leaf) {
        return new TokenRow(claim, state, confirmed, pointFrom, sealed, progress, times, Optional.of(leaf), undone);
    }

    /** Covers all that is claimed, so that nobody takes the place of a true token by claiming something wrong of it. */
    public Octets key() {
        return Octets.concat(
                prefix(cohort()), Octets.ofLong(from()), claim.hashed().value());
    }

    public static Octets prefix() {
        return Octets.utf8("t");
    }

    public static Octets prefix(long cohort) {
        return Octets.concat(prefix(), Octets.ofLong(cohort));
    }

    public Octets encode() {
        CborWriter w = new CborWriter().array(10).integer(1);
        claim.write(w);
        w.text(state.name()).bool(confirmed);
        pointFrom.ifPresentOrElse(w::bytes, w::nil);
        sealed.ifPresentOrElse(w::bytes, w::nil);
        progress.write(w);
        times.write(w);
        checkedBy.ifPresentOrElse(leaf -> w.bytes(leaf.value()), w::nil);
        return w.bool(undone).toOctets();
    }

    public static TokenRow decode(Octets value) {
        var r = new CborReader(value);
        r.struct(1, 10);
        var row = new TokenRow(
                Claim.read(r),
                TokenState.valueOf(r.text(20)),
                r.bool(),
                r.optional(inner -> inner.octetsOf(32)),
                r.optional(inner -> inner.octets(MAX_SEALED)),
                Progress.read(r),
                Times.read(r),
                r.optional(CborReader::leafId),
                r.bool());
        r.end();
        return row;
    }

    private static long number(CborReader r) {
        return r.uint(Long.MAX_VALUE);
    }
}
