// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.audit;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.Page;

/** Reads and verifies audit trails. Empty group: the gateway's own trail. */
@ProviderType
public interface Audit {

    /** Records after {@code n}, ascending. */
    Page<AuditRecord> records(Caller caller, Optional<GroupId> group, long after, int limit);

    /** Recomputes the whole chain against its head and its anchor. */
    AuditVerdict verify(Caller caller, Optional<GroupId> group);
}
