// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.wire;

import static org.sekisho.searchindex.wire.IndexLimits.ID;

import java.util.List;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;
import org.sekisho.crypto.Sha256;
import org.sekisho.searchindex.text.Profile;

/**
 * What a writer signs of a segment: {@code [1, groupId, writer, epochHash, rosterHash, segId, cohort, keyCohort, level, createdAt,
 * baseMinute, [version, unicode, flags], marks, nRows, H(rows), dirSize, H(dir), [[segId, H(dir)]...], [tombstone hash...], logN,
 * logHash]}.
 *
 * @param cohort whose content it is: who may read it
 * @param keyCohort the cohort in which it was written: who can compute its tokens
 * @param createdAt seconds, by the writer's clock
 * @param baseMinute no message in it is older
 * @param marks bit 0: some message has more tokens than were indexed; bit 1: blocks of a word are padded to a power of two
 * @param rowsHash {@code H(["sse rows", rows])}, the rows sorted by label
 * @param replaces what it takes the place of; empty at level 0
 * @param removed hashes of the tombstones it acts on
 * @param seen where the log stood for the writer
 */
public record Manifest(
        Stand stand,
        Octets segment,
        long cohort,
        long keyCohort,
        int level,
        long createdAt,
        long baseMinute,
        Profile profile,
        int marks,
        int rows,
        Hash rowsHash,
        int directorySize,
        Hash directoryHash,
        List<Replaced> replaces,
        List<Hash> removed,
        Head seen)
        implements Statement {

    public static final String LABEL = "sse manifest";
    public static final int CAPPED = 1;
    public static final int POWER_OF_TWO = 2;

    private static final long MAX_MINUTE = 4_223_371_680L;

    public Manifest {
        replaces = List.copyOf(replaces);
        removed = List.copyOf(removed);
        if (segment.size() != ID
                || (level == 0) != replaces.isEmpty()
                || cohort > keyCohort
                || level == 0 && cohort != keyCohort) {
            throw new RejectedException(ErrorCode.MALFORMED, "manifest out of shape");
        }
    }

    public LeafId writer() {
        return stand.leaf();
    }

    public boolean capped() {
        return (marks & CAPPED) != 0;
    }

    /** The hash of a segment's rows, one after the other in order of their labels. */
    public static Hash hashRows(byte[] rows) {
        return Sha256.hashArray("sse rows", rows);
    }

    @Override
    public String label() {
        return LABEL;
    }

    @Override
    public Octets encode() {
        var w = new CborWriter().array(21).integer(1);
        stand.write(w);
        w.bytes(segment)
                .integer(cohort)
                .integer(keyCohort)
                .integer(level)
                .integer(createdAt)
                .integer(baseMinute);
        w.array(3).integer(profile.version()).integer(profile.unicode()).integer(profile.flags());
        w.integer(marks)
                .integer(rows)
                .bytes(rowsHash.value())
                .integer(directorySize)
                .bytes(directoryHash.value());
        w.array(replaces.size());
        replaces.forEach(r -> w.array(2).bytes(r.segment()).bytes(r.directory().value()));
        w.array(removed.size());
        removed.forEach(hash -> w.bytes(hash.value()));
        return w.integer(seen.n()).bytes(seen.hash().value()).toOctets();
    }

    public static Manifest decode(Octets encoded) {
        return Strict.decode("manifest", encoded, IndexLimits.MAX_MANIFEST, r -> {
            r.struct(1, 21);
            return new Manifest(
                    Stand.read(r),
                    r.octetsOf(ID),
                    r.uint(Long.MAX_VALUE),
                    r.uint(Long.MAX_VALUE),
                    (int) r.uint(IndexLimits.MAX_LEVEL),
                    r.uint(60 * MAX_MINUTE),
                    r.uint(MAX_MINUTE),
                    profile(r),
                    (int) r.uint(3),
                    (int) r.integer(1, IndexLimits.MAX_ROWS),
                    r.hash(),
                    (int) r.integer(1, IndexLimits.MAX_DIRECTORY),
                    r.hash(),
                    r.list(IndexLimits.FAN, Manifest::replaced),
                    r.list(IndexLimits.MAX_REMOVED, CborReader::hash),
                    new Head(r.uint(Long.MAX_VALUE), r.hash()));
        });
    }

    private static Profile profile(CborReader r) {
        r.arrayOf(3);
        return Profile.of((int) r.uint(255), (int) r.uint(255), (int) r.uint(255));
    }

    private static Replaced replaced(CborReader r) {
        r.arrayOf(2);
        return new Replaced(r.octetsOf(ID), r.hash());
    }
}
