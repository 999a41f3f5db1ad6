// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.store;

/** The kinds of rows. What a key and a value mean is the owner's business; the owner is named here. */
public enum Table {
    /** groups: one row per group: what it is and its state. */
    GROUP,
    /** groups: scheme instances (head, sealed). */
    INSTANCE,
    /** groups: keyed parts of an instance's state (sealed). */
    PART,
    /** groups: events accepted and not yet handled. */
    INBOX,
    /** groups: windows of message counters per sender. */
    SEEN,
    /** groups: messages to send (member side). */
    OUTBOX,
    /** groups: timers. */
    TIMER,
    /** groups: epochs (secrets sealed). */
    EPOCH,
    /** groups: roster chain. */
    ROSTER,
    /** groups: policies by version. */
    POLICY,
    /** groups: the ordered log of a group or a mailbox. */
    LOG,
    /** groups: slices of log entries, by entry and leaf. */
    SLICE,
    /** groups: who may read which part of a log. */
    MEMBER,
    /** groups: events set aside. */
    DEAD,
    /** groups: receive windows of application messages (member side). */
    WINDOW,
    /** groups: counters and cursors. */
    COUNTER,
    /** directory: participants. */
    PARTICIPANT,
    /** directory: participants by certificate hash. */
    CERTIFICATE,
    /** directory: one-time enrolment tokens (hashed). */
    TOKEN,
    /** directory: revoked certificates and counters of the CA. */
    REVOCATION,
    /** audit: chained records. */
    AUDIT,
    /** rest, soap: answers kept for repeated requests. */
    REPLY,
    /** message-store: what a message is, by position. */
    MESSAGE,
    /** message-store: sealed bodies in pieces. */
    CHUNK,
    /** message-store: the re-encryptable headers, by cohort and position; a value has at most 256 octets. */
    HEADER,
    /** message-store: points, tokens, jobs, grants and look-ups. */
    STORE,
    /** search-index: log, segments, leases; a value has at most 32,672 octets. */
    INDEX,
    /** search-index: pages of sealed rows; a value has at most 32,672 octets. */
    INDEX_PAGE,
    /** search-index: sealed directories in parts, rings; on a member's side what it keeps for searching. */
    INDEX_DIRECTORY
}
