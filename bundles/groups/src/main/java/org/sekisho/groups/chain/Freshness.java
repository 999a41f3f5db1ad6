// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.chain;

/** What is remembered of a message's sender, generation and counter. */
public enum Freshness {
    /** Not seen. */
    FRESH,
    /** Seen with the same content. */
    REPEATED,
    /** Too old to tell: below the window, or of a retired or forgotten generation. */
    REPLAYED,
    /** Seen with other content: the sender signed two messages under one counter. Evidence. */
    CONFLICTING
}
