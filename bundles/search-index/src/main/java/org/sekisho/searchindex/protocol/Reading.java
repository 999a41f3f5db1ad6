// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sekisho.api.Octets;
import org.sekisho.searchindex.text.Document;

/** Looking messages up for one page of a search, as far as its allowance goes. For one thread. */
public interface Reading extends AutoCloseable {

    /** Looks messages up in this order, until the allowance is spent; at once where the place can. */
    Looked find(List<Octets> messages, Allowance allowance);

    @Override
    void close();

    /**
     * What became of messages that were looked up.
     *
     * @param found those that are there and may be read
     * @param left those that were not looked up, since the allowance was spent; the others are not to be had
     */
    record Looked(Map<Octets, Document> found, Set<Octets> left) {

        public Looked {
            found = Map.copyOf(found);
            left = Set.copyOf(left);
        }

        /** With nothing found and these left over. */
        public static Looked nothing(List<Octets> left) {
            return new Looked(Map.of(), new HashSet<>(left));
        }

        /** With what was looked up after this. */
        public Looked and(Looked next) {
            Map<Octets, Document> both = new java.util.HashMap<>(found);
            both.putAll(next.found);
            Set<Octets> over = new HashSet<>(left);
            over.addAll(next.left);
            return new Looked(both, over);
        }
    }
}
