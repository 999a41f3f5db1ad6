// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec;

/**
 * Bytes that are not the one correct encoding of what was expected.
 *
 * <p>The message names the position and the rule that was broken, never the content, so it may be logged.
 */
public final class MalformedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int position;

    /** A broken {@code rule} found at byte {@code position}, counted from 0. */
    public MalformedException(String rule, int position) {
        super(rule + " at byte " + position, null, false, false);
        this.position = position;
    }

    /** The offset of the item that broke the rule, in bytes from the start of the input. */
    public int position() {
        return position;
    }
}
