// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.util.ArrayList;
import java.util.List;
import org.sekisho.api.LeafId;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.keyderivation.wire.Strict;

/** Server: ordered leaves in pages, so that looking one up reads a page and not all. */
final class LeafPages {

    /** The committed ring. */
    static final String RING = "ring/";

    /** Who is active in the attempt. */
    static final String ACTIVE = "act/";

    private static final int PER_PAGE = 128;
    private static final int MAX_PAGE = PER_PAGE * 40;

    private LeafPages() {}

    static void write(Draft<?> draft, String prefix, List<LeafId> leaves) {
        draft.deleteAll(prefix);
        for (int from = 0; from < leaves.size(); from += PER_PAGE) {
            List<LeafId> page = leaves.subList(from, Math.min(leaves.size(), from + PER_PAGE));
            draft.put(key(prefix, from / PER_PAGE), Cbor.encode(page.toArray()));
        }
    }

    static List<LeafId> read(Draft<?> draft, String prefix) {
        List<LeafId> all = new ArrayList<>();
        for (String key : draft.allKeys(prefix)) {
            all.addAll(page(draft, key));
        }
        return all;
    }

    static LeafId at(Draft<?> draft, String prefix, int index) {
        return page(draft, key(prefix, index / PER_PAGE)).get(index % PER_PAGE);
    }

    private static List<LeafId> page(Draft<?> draft, String key) {
        return Strict.decode(
                "leaves", draft.part(key).orElseThrow(), MAX_PAGE, r -> r.list(PER_PAGE, CborReader::leafId));
    }

    private static String key(String prefix, int page) {
        return prefix + number(page);
    }

    /** Eight hexadecimal digits: sorts as the number. */
    static String number(int n) {
        return String.format("%08x", n);
    }
}
