// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec;

/** Counts how many items each open array still lacks, so that an encoding is one complete item, and not too deep. */
final class Nesting {

    private final int[] missing = new int[CborReader.MAX_DEPTH + 1];
    private int depth;

    Nesting() {
        missing[0] = 1;
    }

    /** Whether another item may follow here. */
    boolean expectsItem() {
        return missing[depth] > 0;
    }

    boolean atLimit() {
        return depth == CborReader.MAX_DEPTH;
    }

    boolean complete() {
        return depth == 0 && missing[0] == 0;
    }

    void item() {
        missing[depth]--;
        closeFull();
    }

    void open(int count) {
        missing[depth]--;
        missing[++depth] = count;
        closeFull();
    }

    private void closeFull() {
        while (depth > 0 && missing[depth] == 0) {
            depth--;
        }
    }
}
