// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.message;

/** What a {@link MessageWindow} says about an incarnation and sequence number. */
public enum Admission {
    /** Not received before. */
    FRESH,
    /** Received before. */
    REPLAYED,
    /** So far behind the newest that it may have been received before. */
    TOO_OLD,
    /** Of a new incarnation, when the window already knows as many as it can. */
    TOO_MANY_INCARNATIONS
}
