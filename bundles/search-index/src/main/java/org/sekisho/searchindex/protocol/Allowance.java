// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

/**
 * What may be looked up for one page of a search: so many messages fetched from afar, so many octets of texts from anywhere. The first
 * of either is always granted, so that every page goes on. Once something was refused it is spent. Not safe for concurrent use.
 */
public final class Allowance {

    private final int messages;
    private final long octets;
    private int fetched;
    private long taken;
    private boolean spent;

    public Allowance(int messages, long octets) {
        this.messages = messages;
        this.octets = octets;
    }

    /** Whether one more message may be fetched; counted when it may. */
    public boolean fetch() {
        spent |= fetched > 0 && fetched >= messages;
        if (!spent) {
            fetched++;
        }
        return !spent;
    }

    /** Whether a text of this length may be read; counted when it may. */
    public boolean read(long length) {
        spent |= taken > 0 && taken + length > octets;
        if (!spent) {
            taken += length;
        }
        return !spent;
    }

    /** Whether something was refused: nothing more is granted then. */
    public boolean spent() {
        return spent;
    }
}
