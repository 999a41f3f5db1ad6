// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.messagestore;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.Registration;

/**
 * Keeps sealed messages and gives them back with headers for the present epoch. Reads nothing of them.
 *
 * <p>Guarantees: a message is stored whole or not at all, and durable when {@link #deposit} returns; a header is always
 * answered at the newest epoch it can be turned to, up to the one asked for, also while a job is turning it. Does not
 * guarantee that a deleted message was not copied before.
 *
 * <p>Only members of the committed roster get in. Under the history policy FROM_JOIN, messages of cohorts that a member was
 * neither there for nor granted are left out. Blocks on the database; safe for many threads. Memory does not grow with the
 * number of messages or the length of one.
 *
 * <p>Errors: STALE_EPOCH when a deposit names neither the current epoch nor, within 60 seconds and in the same cohort, the one
 * before (seal again: a new cohort means a new key, protocol note F10); BAD_SIGNATURE, BAD_HEADER (protocol note F15);
 * ALREADY_EXISTS when another message has the id.
 */
@ProviderType
public interface MessageStore {

    /** Most octets of chunks in one answer. */
    int MAX_RANGE = 1 << 20;

    /** A chunk of a message to be deposited later, and whether it is the last; forgotten after 24 hours. Idempotent. */
    void upload(Caller caller, GroupId group, MessageId message, int index, boolean last, Octets chunk);

    /** Stores a message. The same again is answered with what is there. */
    StoredMessage deposit(Caller caller, GroupId group, Deposit deposit);

    /** Messages in the order of their deposit, with headers for {@code epoch}. Also says what was deleted. */
    Page<StoredMessage> list(Caller caller, GroupId group, long epoch, Optional<String> cursor, int limit);

    /** One message, with its header for {@code epoch}. */
    StoredMessage message(Caller caller, GroupId group, MessageId message, long epoch);

    /** Sealed chunks from {@code first} on, at most {@code count} and at most {@link #MAX_RANGE} octets, at least one. */
    List<Octets> chunks(Caller caller, GroupId group, MessageId message, int first, int count);

    /** Deletes a message; its author, a member with the right REMOVE or ADMIN may. A tombstone remains. Idempotent. */
    StoredMessage delete(Caller caller, GroupId group, MessageId message);

    /** Calls {@code onNews} (never blocking, any thread) after deposits and progress of jobs in this gateway, until closed. */
    Registration watch(Caller caller, GroupId group, Runnable onNews);
}
