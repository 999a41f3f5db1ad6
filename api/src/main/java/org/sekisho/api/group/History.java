// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.group;

/** Who reads stored history (a mandatory field of the policy, CORRECTIONS F26). */
public enum History {
    /** Current members read all of it. */
    FULL,
    /** Members read from their join on. */
    FROM_JOIN
}
