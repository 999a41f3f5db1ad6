// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.groups;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.Registration;

/**
 * Groups, their ordered logs and what members submit to them. Everything members send is verified (signature, audience,
 * freshness, roster) before it is stored; nothing of it can be read here.
 *
 * <p>A method that returns has made its effect durable. Blocks on the database; safe for many threads.
 */
@ProviderType
public interface Groups {

    /** Founds a group from an encoded {@link org.sekisho.api.group.Genesis}. Idempotent: the id follows from the content. */
    GroupView create(Caller caller, Octets genesis);

    GroupView group(Caller caller, GroupId group);

    /** Groups the caller is a member of; all for administrators, operators and auditors. Ascending by id. */
    Page<GroupView> groups(Caller caller, Optional<String> cursor, int limit);

    /** A protocol message to the server or to everyone: an encoded signed envelope with slices. */
    Receipt submit(Caller caller, GroupId group, Octets signedEnvelope);

    /** A sealed application message. STALE_EPOCH when it names neither the current epoch nor one still in its window. */
    Receipt post(Caller caller, GroupId group, Octets sealedMessage);

    /**
     * Entries after {@code after} that are for the caller, ascending. LOG_EXPIRED when some of them are no longer kept: the
     * caller cannot follow the group any more and needs a new invitation.
     */
    List<LogEntry> read(Caller caller, GroupId group, long after, int limit);

    /** Calls {@code onNews} (never blocking, any thread) after entries were appended, until closed. */
    Registration watch(Caller caller, GroupId group, Runnable onNews);
}
