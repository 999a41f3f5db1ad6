// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.RandomAccess;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Policy;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;

/**
 * Places in a roster, in the order of a ring: runs {@code [first, count]} of ascending ones, each as long as it can be. What a
 * member does with it depends on the number of runs, not of places. Immutable.
 */
public final class Places extends AbstractList<Integer> implements RandomAccess {

    /** Of each run: the first place, and the index in this list after its last. */
    private final int[] firsts;

    private final int[] ends;

    private Places(List<int[]> runs) {
        firsts = new int[runs.size()];
        ends = new int[runs.size()];
        int end = 0;
        for (int i = 0; i < firsts.length; i++) {
            firsts[i] = runs.get(i)[0];
            end += runs.get(i)[1];
            ends[i] = end;
        }
    }

    public static Places of(List<Integer> places) {
        if (places instanceof Places already) {
            return already;
        }
        List<int[]> runs = new ArrayList<>();
        for (int place : places) {
            int[] last = runs.isEmpty() ? new int[] {-1, 0} : runs.get(runs.size() - 1);
            if (last[1] > 0 && last[0] + last[1] == place) {
                last[1]++;
            } else {
                runs.add(new int[] {place, 1});
            }
        }
        return new Places(runs);
    }

    @Override
    public int size() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    @Override
    public Integer get(int index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException("place " + index + " of " + size());
        }
        int found = Arrays.binarySearch(ends, index);
        // an end is the first index of the run after it
        int run = found >= 0 ? found + 1 : -found - 1;
        return firsts[run] + index - begin(run);
    }

    /** Where {@code place} stands; -1 when it does not. */
    public int at(int place) {
        for (int run = 0; run < firsts.length; run++) {
            int offset = place - firsts[run];
            if (offset >= 0 && offset < ends[run] - begin(run)) {
                return begin(run) + offset;
            }
        }
        return -1;
    }

    /** Whether all are different and below {@code limit}. */
    boolean areOnceBelow(int limit) {
        List<int[]> sorted = new ArrayList<>(firsts.length);
        for (int run = 0; run < firsts.length; run++) {
            sorted.add(new int[] {firsts[run], firsts[run] + ends[run] - begin(run)});
        }
        sorted.sort(Comparator.comparingInt(run -> run[0]));
        int free = 0;
        for (int[] run : sorted) {
            if (run[0] < free) {
                return false;
            }
            free = run[1];
        }
        return free <= limit;
    }

    private int begin(int run) {
        return run == 0 ? 0 : ends[run - 1];
    }

    void write(CborWriter w) {
        w.array(firsts.length);
        for (int run = 0; run < firsts.length; run++) {
            w.array(2).integer(firsts[run]).integer(ends[run] - begin(run));
        }
    }

    /** Runs as long as they can be, none of them beyond what a roster may have. */
    static Places read(CborReader r) {
        List<int[]> all = new ArrayList<>();
        int count = 0;
        int after = -1;
        int runs = r.array(Policy.MAX_MEMBERS);
        for (int i = 0; i < runs; i++) {
            r.arrayOf(2);
            int first = (int) r.uint(Policy.MAX_MEMBERS - 1);
            int length = (int) r.integer(1, Policy.MAX_MEMBERS - Math.max(first, count));
            if (first == after) {
                throw new RejectedException(ErrorCode.MALFORMED, "two runs that are one");
            }
            all.add(new int[] {first, length});
            count += length;
            after = first + length;
        }
        return new Places(all);
    }
}
