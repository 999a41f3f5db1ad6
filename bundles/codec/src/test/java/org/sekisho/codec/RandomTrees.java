// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.sekisho.api.Octets;

/** Random values of the subset; the same seed gives the same values. */
final class RandomTrees {

    private static final String[] TEXTS = {"", "a", "sekisho1", "関所", "été", "𐅑", "x".repeat(300)};
    private static final long[] EDGES = {
        0, 23, 24, 255, 256, 65_535, 65_536, 0xffff_ffffL, 0x1_0000_0000L, Long.MAX_VALUE, -1, -24, -25, Long.MIN_VALUE
    };

    private final SplittableRandom random;

    RandomTrees(long seed) {
        this.random = new SplittableRandom(seed);
    }

    Object next(int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 8)) {
            case 0 -> EDGES[random.nextInt(EDGES.length)];
            case 1 -> random.nextLong();
            case 2 -> Octets.of(bytes(random.nextInt(random.nextBoolean() ? 24 : 300)));
            case 3 -> TEXTS[random.nextInt(TEXTS.length)];
            case 4 -> random.nextBoolean() ? CborTree.Null.NULL : (Object) random.nextBoolean();
            default -> list(depth);
        };
    }

    private List<Object> list(int depth) {
        List<Object> list = new ArrayList<>();
        int count = random.nextInt(30) == 0 ? random.nextInt(20, 40) : random.nextInt(6);
        for (int i = 0; i < count; i++) {
            list.add(next(depth - 1));
        }
        return list;
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** {@code valid} with one to four bytes changed, removed, inserted or cut off. */
    byte[] mutate(byte[] valid) {
        byte[] input = valid.clone();
        for (int n = random.nextInt(1, 5); n > 0; n--) {
            int at = input.length == 0 ? 0 : random.nextInt(input.length);
            input = switch (random.nextInt(4)) {
                case 0 -> splice(input, at, Math.min(1, input.length), bytes(1));
                case 1 -> splice(input, at, Math.min(1, input.length), new byte[0]);
                case 2 -> splice(input, at, 0, bytes(random.nextInt(1, 10)));
                default -> splice(input, at, input.length - at, new byte[0]);
            };
        }
        return input;
    }

    private static byte[] splice(byte[] from, int at, int removed, byte[] inserted) {
        byte[] to = new byte[from.length - removed + inserted.length];
        System.arraycopy(from, 0, to, 0, at);
        System.arraycopy(inserted, 0, to, at, inserted.length);
        System.arraycopy(from, at + removed, to, at + inserted.length, from.length - at - removed);
        return to;
    }
}
