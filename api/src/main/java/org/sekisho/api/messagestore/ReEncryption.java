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
import org.sekisho.api.SecretBytes;

/**
 * Tokens that turn headers from one epoch to another, what members say of them, and the jobs that apply them.
 *
 * <p>Guarantees: a token is applied only when it leads from one confirmed point to another and a second member confirmed both
 * (protocol note F12); it is destroyed after its grace and a member's word that what it turned opens, and not before. Blocks
 * on the database; safe for many threads.
 */
@ProviderType
public interface ReEncryption {

    /**
     * Takes a token.
     *
     * @param statement the encoded signed {@link Statement.Tokens}
     * @param token 32 octets whose hash the statement names; taken over and closed
     */
    CohortView submit(Caller caller, GroupId group, Octets statement, SecretBytes token);

    /** Takes any other statement of a member: an encoded signed {@link Statement}. Idempotent. */
    void state(Caller caller, GroupId group, Octets statement);

    /** Every live cohort, ascending: where its headers are and what is missing. */
    List<CohortView> cohorts(Caller caller, GroupId group);

    /** Signed grants of history to the caller, and statements on removed leaves, ascending; looks at {@code limit} of them. */
    List<KeptStatement> statements(Caller caller, GroupId group, long after, int limit);

    /** Jobs, newest first; of all groups for operators. */
    Page<JobView> jobs(Caller caller, Optional<GroupId> group, Optional<String> cursor, int limit);

    /** What the store holds, for people. */
    StoreView status(Caller caller, GroupId group);
}
