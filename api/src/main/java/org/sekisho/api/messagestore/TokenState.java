// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.messagestore;

/** The life of a token (protocol note 4.6). */
public enum TokenState {
    /** Stored; nothing is known of its points. */
    RECEIVED,
    /** Leads from one named point to the other; waits for confirmations and for its turn. */
    VERIFIED,
    /** A job applies it. */
    APPLYING,
    /** Every header is turned; kept for undoing until its time is over and a member opened what it turned. */
    GRACE,
    /** A job takes it back. */
    UNDOING,
    /** Kept and applied at each read. */
    LAZY,
    /** Gone, and the key it was sealed with. */
    DESTROYED
}
