// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.groups;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;

/** The verifiable past of a group, and the schemes that run. */
@ProviderType
public interface GroupHistory {

    /** Most octets of one page of a chain, one item excepted. */
    int MAX_CHAIN_PAGE = 1 << 20;

    /** For members, and for invitees who know the group's id. All of it: {@link GroupChain#of}. MALFORMED for a strange cursor. */
    ChainPage chain(Caller caller, GroupId group, Optional<String> cursor);

    /** Committed epochs after {@code after}, ascending. */
    Page<EpochRecord> epochs(Caller caller, GroupId group, long after, int limit);

    List<SchemeView> schemes(Caller caller);

    /** Stops handing events to the group's scheme; they are kept. Idempotent. */
    GroupView suspend(Caller caller, GroupId group, String reason);

    /** Goes on, including events that were set aside. Idempotent. */
    GroupView resume(Caller caller, GroupId group);

    /** What the group's scheme shows of its server side ({@link org.sekisho.api.scheme.GroupKeyScheme#inspect}). No secrets. */
    Map<String, String> inspect(Caller caller, GroupId group);

    /** Hands {@link org.sekisho.api.scheme.Event.Request} to the server side of the group's scheme, for example {@code renew}. */
    Receipt request(Caller caller, GroupId group, String name, Octets args);
}
