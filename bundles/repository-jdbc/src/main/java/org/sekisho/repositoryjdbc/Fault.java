// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

/** What a failed statement means for the transaction it was in. */
enum Fault {
    /** Another transaction won; this one is rolled back and may run again. */
    LOST_RACE,
    /** No room on the disk. */
    FULL,
    /** No answer, no connection, a lock waited for in vain, or a statement that should not fail. */
    UNAVAILABLE
}
