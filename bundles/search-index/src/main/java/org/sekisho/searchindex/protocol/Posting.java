// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.sekisho.api.Octets;
import org.sekisho.searchindex.wire.IndexLimits;

/** That a word is in a message. */
record Posting(Octets message, long minute) {

    static final Comparator<Posting> NEWEST_FIRST =
            Comparator.comparingLong(Posting::minute).reversed().thenComparing(Posting::message);

    private static final Octets VOID = Octets.of(new byte[IndexLimits.ID]);

    /** Writes the posting of {@code item} at {@code slot} of a block. */
    static void write(byte[] block, int slot, Item item, long baseMinute) {
        int at = slot * IndexLimits.POSTING;
        System.arraycopy(item.message().toByteArray(), 0, block, at, IndexLimits.ID);
        long offset = item.minute() - baseMinute;
        if (offset < 0 || offset > 0xffff_ffffL) {
            throw new IllegalArgumentException("minutes of a segment span more than 32 bits");
        }
        for (int i = 0; i < 4; i++) {
            block[at + IndexLimits.ID + i] = (byte) (offset >>> (24 - 8 * i));
        }
    }

    /** Reads a block; void slots are passed over. */
    static List<Posting> read(byte[] block, long baseMinute) {
        List<Posting> postings = new ArrayList<>(block.length / IndexLimits.POSTING);
        for (int at = 0; at + IndexLimits.POSTING <= block.length; at += IndexLimits.POSTING) {
            Octets message = Octets.of(Arrays.copyOfRange(block, at, at + IndexLimits.ID));
            long offset = 0;
            for (int i = 0; i < 4; i++) {
                offset = offset << 8 | block[at + IndexLimits.ID + i] & 0xff;
            }
            if (!message.equals(VOID)) {
                postings.add(new Posting(message, baseMinute + offset));
            }
        }
        return postings;
    }
}
