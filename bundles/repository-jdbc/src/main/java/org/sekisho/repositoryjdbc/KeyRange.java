// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import java.util.Arrays;
import org.sekisho.api.Octets;
import org.sekisho.api.store.RowStore;

/** Keys from {@code first} up to, not including, {@code end}: what a B-tree can walk. */
record KeyRange(Octets first, Octets end) {

    private static final Octets ZERO = Octets.of((byte) 0);

    /** Greater than every key that fits {@link RowStore#MAX_KEY}. */
    private static final Octets BEHIND_ALL = behindAll();

    /** The keys that begin with {@code prefix}. */
    static KeyRange of(Octets prefix) {
        return new KeyRange(prefix, behind(prefix));
    }

    /** The keys that begin with {@code prefix} and are greater than {@code after}. */
    static KeyRange of(Octets prefix, Octets after) {
        Octets successor = Octets.concat(after, ZERO);
        return new KeyRange(successor.compareTo(prefix) > 0 ? successor : prefix, behind(prefix));
    }

    /** The least octets greater than everything that begins with {@code prefix}; an octet 0xff cannot be incremented. */
    private static Octets behind(Octets prefix) {
        byte[] bytes = prefix.toByteArray();
        int last = bytes.length - 1;
        while (last >= 0 && bytes[last] == (byte) 0xff) {
            last--;
        }
        if (last < 0) {
            return BEHIND_ALL;
        }
        byte[] end = Arrays.copyOf(bytes, last + 1);
        end[last]++;
        return Octets.of(end);
    }

    private static Octets behindAll() {
        byte[] bytes = new byte[RowStore.MAX_KEY + 1];
        Arrays.fill(bytes, (byte) 0xff);
        return Octets.of(bytes);
    }
}
