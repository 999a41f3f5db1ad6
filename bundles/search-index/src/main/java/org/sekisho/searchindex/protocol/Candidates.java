// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.Octets;

/** Postings of one segment that may be hits, newest first, fetched as they are needed. */
abstract class Candidates {

    private final Deque<Posting> ready = new ArrayDeque<>();

    /** The next posting; empty when there is none, or when more must be fetched first. */
    Optional<Posting> peek() {
        return Optional.ofNullable(ready.peek());
    }

    void next() {
        ready.poll();
    }

    /** What is there without fetching, newest first. */
    Collection<Posting> ready() {
        return ready;
    }

    void add(Collection<Posting> postings) {
        ready.addAll(postings);
    }

    /** Whether there is more to be fetched. */
    abstract boolean more();

    /** From a directory. */
    static final class Local extends Candidates {

        private static final int STEP = 64;

        private final Iterator<Item> items;

        Local(List<Item> items) {
            this.items = items.iterator();
        }

        void fill() {
            for (int i = 0; i < STEP && items.hasNext(); i++) {
                Item item = items.next();
                add(List.of(new Posting(item.message(), item.minute())));
            }
        }

        @Override
        boolean more() {
            return items.hasNext();
        }
    }

    /** From the gateway, by one token. */
    static final class Remote extends Candidates {

        final Segment segment;
        final Octets token;

        /** Of several words of the query it is the rarest here. */
        final boolean oneOfSeveral;

        private int from;
        private boolean more = true;

        Remote(Segment segment, Octets token, boolean oneOfSeveral) {
            this.segment = segment;
            this.token = token;
            this.oneOfSeveral = oneOfSeveral;
        }

        int from() {
            return from;
        }

        void took(int blocks, boolean thereIsMore) {
            from += blocks;
            more = thereIsMore && blocks > 0;
        }

        void end() {
            more = false;
        }

        @Override
        boolean more() {
            return more;
        }
    }
}
