// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.rows;

import java.util.ArrayList;
import java.util.List;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;

/**
 * A point that members named for a cohort in an epoch, with their signed words, keyed by {@code 'p' || cohort(8) || epoch(8)
 * || point(32)}: {@code [1, confirmed, [[leaf, statement]...]]}. Several members, several points: each has a row.
 *
 * @param confirmed by as many as it takes; never taken back
 */
public record PointRow(long cohort, long epoch, Octets point, boolean confirmed, List<Word> words) {

    /** Most words that are kept of one point: more than are needed. */
    public static final int MAX_WORDS = 4;

    private static final int MAX_STATEMENT = 2048;

    /** Who said so, signed. */
    public record Word(LeafId by, Octets statement) {}

    public PointRow {
        words = List.copyOf(words);
    }

    /** With one more word. Where all places are taken, another member's is worth more than one member's fourth leaf's. */
    public PointRow with(Word word) {
        boolean full = words.size() == MAX_WORDS;
        boolean said = words.stream().anyMatch(w -> w.by().equals(word.by()));
        if (said
                || full
                        && words.stream().anyMatch(w -> w.by().memberId()
                                .equals(word.by().memberId()))) {
            return this;
        }
        List<Word> more = new ArrayList<>(words);
        if (full) {
            more.remove(MAX_WORDS - 1);
        }
        more.add(word);
        return new PointRow(cohort, epoch, point, confirmed, more);
    }

    public PointRow confirmed(boolean now) {
        return new PointRow(cohort, epoch, point, confirmed || now, words);
    }

    public Octets key() {
        return Octets.concat(prefix(cohort, epoch), point);
    }

    public static Octets prefix(long cohort) {
        return Octets.concat(Octets.utf8("p"), Octets.ofLong(cohort));
    }

    public static Octets prefix(long cohort, long epoch) {
        return Octets.concat(prefix(cohort), Octets.ofLong(epoch));
    }

    public Octets encode() {
        CborWriter w = new CborWriter().array(3).integer(1).bool(confirmed).array(words.size());
        words.forEach(word -> w.array(2).bytes(word.by().value()).bytes(word.statement()));
        return w.toOctets();
    }

    public static PointRow decode(Octets key, Octets value) {
        var r = new CborReader(value);
        r.struct(1, 3);
        boolean confirmed = r.bool();
        List<Word> words = r.list(MAX_WORDS, inner -> {
            inner.arrayOf(2);
            return new Word(inner.leafId(), inner.octets(MAX_STATEMENT));
        });
        r.end();
        return new PointRow(key.slice(1, 9).toLong(), key.slice(9, 17).toLong(), key.slice(17, 49), confirmed, words);
    }
}
