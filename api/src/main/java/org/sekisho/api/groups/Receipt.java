// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.groups;

/**
 * Durably taken.
 *
 * @param n position in the log; 0 when the message left no entry of its own
 * @param state what became of it
 */
public record Receipt(long n, State state) {

    /** What became of a message. */
    public enum State {
        /** Handled. */
        DONE,
        /** Kept; handled when the scheme is back. */
        QUEUED,
        /** Seen before with the same content; nothing happened again. */
        REPEATED
    }
}
