// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

/** Where a leaf stands in a group. */
public enum MemberStatus {
    /** Accepted an invitation; the roster that adds this leaf has not been seen yet. */
    JOINING,
    /** A member. */
    MEMBER,
    /** Two signed truths were seen: reads go on, nothing is sent (protocol note F8). */
    FORKED,
    /** Removed, or withdrew; keys are erased. */
    REMOVED
}
