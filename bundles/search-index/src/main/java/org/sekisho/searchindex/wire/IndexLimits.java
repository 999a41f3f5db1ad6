// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.wire;

/** Bounds of everything the index takes from outside. */
public final class IndexLimits {

    /** Length of identifiers of segments and messages. */
    public static final int ID = 16;

    /** Length of a posting: message, u32 minutes since the segment's base. */
    public static final int POSTING = 20;

    /** Postings in a block of a segment of level 0. */
    public static final int BLOCK_FRESH = 1;

    /** Postings in a block of a merged segment. */
    public static final int BLOCK_MERGED = 8;

    /** Length of a label. */
    public static final int LABEL = 16;

    /** What sealing adds. */
    public static final int TAG = 16;

    /** Greatest level. */
    public static final int MAX_LEVEL = 7;

    /** Segments merged at once, and live segments of a level that are worth it (F). */
    public static final int FAN = 16;

    /** A segment with more rows than this is final: written again for a new key, never merged. */
    public static final int FINAL_ROWS = 1 << 15;

    /** Most rows of a segment. */
    public static final int MAX_ROWS = 1 << 18;

    /** Most octets of a directory. */
    public static final int MAX_DIRECTORY = 32 << 20;

    /** Most octets of one part of an upload or a directory's download. */
    public static final int PART = 512 << 10;

    /** Most octets of rows and directory together that are published in one request. */
    public static final int MAX_INLINE = PART;

    /** Most tombstones that one compaction acts on. */
    public static final int MAX_REMOVED = 512;

    /** Longest encoded manifest. */
    public static final int MAX_MANIFEST = 24 << 10;

    /** Longest encoded entry of the index log. */
    public static final int MAX_ENTRY = MAX_MANIFEST + 256;

    /** Most messages in a segment. */
    public static final int MAX_MESSAGES = 1 << 16;

    /** Most cohorts in a ring. */
    public static final int MAX_COHORTS = 10_000;

    /** Longest sealed ring. */
    public static final int MAX_RING = PART;

    private IndexLimits() {}

    /** Postings in a block, by level. */
    public static int block(int level) {
        return level == 0 ? BLOCK_FRESH : BLOCK_MERGED;
    }

    /** Octets of a row, by level: label and sealed block. */
    public static int row(int level) {
        return LABEL + block(level) * POSTING + TAG;
    }
}
