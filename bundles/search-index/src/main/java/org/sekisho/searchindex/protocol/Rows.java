// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sekisho.api.Octets;
import org.sekisho.crypto.search.BlockLabels;
import org.sekisho.crypto.search.SegmentCipher;
import org.sekisho.searchindex.wire.IndexLimits;

/**
 * The rows of a segment: of each token its blocks, then padding; sorted by label. Follows from the items and the segment's key
 * alone, so that an auditor makes the same.
 */
final class Rows {

    private static final int NONCE = 12;

    private final SegmentCipher cipher;
    private final int level;
    private final long baseMinute;
    private final boolean powerOfTwo;
    private final List<byte[]> rows = new ArrayList<>();

    private Rows(SegmentCipher cipher, int level, long baseMinute, boolean powerOfTwo) {
        this.cipher = cipher;
        this.level = level;
        this.baseMinute = baseMinute;
        this.powerOfTwo = powerOfTwo;
    }

    /** Empty when two labels begin alike and would share a nonce: then the segment needs another identifier. */
    static Optional<byte[]> build(
            SegmentCipher cipher, int level, long baseMinute, boolean powerOfTwo, List<Item> newestFirst) {
        Rows made = new Rows(cipher, level, baseMinute, powerOfTwo);
        Map<Octets, List<Item>> byToken = new TreeMap<>();
        for (Item item : newestFirst) {
            for (Octets token : item.tokens()) {
                byToken.computeIfAbsent(token, t -> new ArrayList<>(2)).add(item);
            }
        }
        byToken.forEach(made::add);
        made.pad();
        return made.sorted();
    }

    private void add(Octets word, List<Item> items) {
        BlockLabels labels = new BlockLabels(cipher.token(word.toByteArray()));
        int size = IndexLimits.block(level);
        int blocks = (items.size() + size - 1) / size;
        int padded = powerOfTwo ? powerOfTwo(blocks) : blocks;
        for (int c = 0; c < padded; c++) {
            byte[] block = new byte[size * IndexLimits.POSTING];
            for (int i = c * size; i < Math.min(items.size(), (c + 1) * size); i++) {
                Posting.write(block, i - c * size, items.get(i), baseMinute);
            }
            row(labels.label(c), block);
        }
    }

    private static int powerOfTwo(int blocks) {
        int next = Integer.highestOneBit(blocks);
        return next == blocks ? blocks : next << 1;
    }

    /** Up to the next multiple of 8, at least one. */
    private void pad() {
        byte[] nothing = new byte[IndexLimits.block(level) * IndexLimits.POSTING];
        for (int i = 0; i == 0 || rows.size() % 8 != 0; i++) {
            row(cipher.paddingLabel(i), nothing);
        }
    }

    private void row(byte[] label, byte[] block) {
        byte[] sealed = cipher.sealBlock(label, block);
        byte[] row = Arrays.copyOf(label, label.length + sealed.length);
        System.arraycopy(sealed, 0, row, label.length, sealed.length);
        rows.add(row);
    }

    private Optional<byte[]> sorted() {
        if (rows.size() > IndexLimits.MAX_ROWS) {
            throw new IllegalArgumentException("a segment has at most " + IndexLimits.MAX_ROWS + " rows");
        }
        rows.sort(Arrays::compareUnsigned);
        byte[] all = new byte[rows.size() * IndexLimits.row(level)];
        for (int i = 0; i < rows.size(); i++) {
            byte[] row = rows.get(i);
            if (i > 0 && Arrays.equals(rows.get(i - 1), 0, NONCE, row, 0, NONCE)) {
                return Optional.empty();
            }
            System.arraycopy(row, 0, all, i * row.length, row.length);
        }
        return Optional.of(all);
    }
}
