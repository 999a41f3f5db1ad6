// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.sekisho.api.Octets;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;

/**
 * The epochs at which a cohort has headers, keyed by {@code 'c' || cohort(8)}: {@code [1, firstEpoch, [epochs]]}. Usually one;
 * more while an epoch's token is missing and members went on writing.
 *
 * @param epochs ascending
 */
public record CohortRow(long cohort, long firstEpoch, List<Long> epochs) {

    private static final int MAX_EPOCHS = 1 << 16;

    public CohortRow {
        epochs = List.copyOf(epochs);
    }

    public CohortRow with(long epoch) {
        return changed(epochs -> epochs.add(epoch));
    }

    /** After a job: nothing is left at {@code from}. */
    public CohortRow moved(long from, long to) {
        return changed(epochs -> {
            if (epochs.remove(from)) {
                epochs.add(to);
            }
        });
    }

    private CohortRow changed(java.util.function.Consumer<TreeSet<Long>> change) {
        var set = new TreeSet<>(epochs);
        change.accept(set);
        return new CohortRow(cohort, firstEpoch, new ArrayList<>(set));
    }

    public Octets key() {
        return key(cohort);
    }

    public static Octets prefix() {
        return Octets.utf8("c");
    }

    public static Octets key(long cohort) {
        return Octets.concat(prefix(), Octets.ofLong(cohort));
    }

    public Octets encode() {
        CborWriter w = new CborWriter().array(3).integer(1).integer(firstEpoch).array(epochs.size());
        epochs.forEach(w::integer);
        return w.toOctets();
    }

    public static CohortRow decode(Octets key, Octets value) {
        var r = new CborReader(value);
        r.struct(1, 3);
        var row = new CohortRow(
                key.slice(1, 9).toLong(),
                r.uint(Long.MAX_VALUE),
                r.list(MAX_EPOCHS, inner -> inner.uint(Long.MAX_VALUE)));
        r.end();
        return row;
    }
}
