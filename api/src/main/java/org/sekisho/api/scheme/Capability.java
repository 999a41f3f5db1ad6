// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.scheme;

/** What a scheme offers, and what a group that needs something must look for. */
public enum Capability {
    /** The gateway cannot derive the group's keys. */
    SERVER_BLIND,
    /** Members may be away while an epoch changes. */
    OFFLINE_MEMBERS,
    /** A member may get an epoch's key after its commit; until then it follows the chain and reads nothing of that epoch. */
    LATE_KEYS,
    /** Members that take no part in a joining send nothing, whatever the size of the group. */
    O1_PASSIVE_JOIN,
    /** Only the server sends; epochs need no commit. */
    ONE_WAY,
    CRASH_TOLERANT,
    NEEDS_ALL_ONLINE,
    FORWARD_SECRET,
    /** Heals by itself after a member's state leaked. */
    POST_COMPROMISE_SECURE
}
