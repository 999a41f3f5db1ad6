// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.Optional;
import org.sekisho.api.group.History;
import org.sekisho.crypto.search.CohortKey;

/** The search keys a member has. */
public interface CohortKeys {

    /** The key of a cohort, owned by the caller; empty when this member has none. */
    Optional<CohortKey> key(long cohort);

    /** The key by which segments of {@code cohort}, written under {@code keyCohort}, are made; owned by the caller (0050, 3.2). */
    default Optional<CohortKey> base(long cohort, long keyCohort, History history) {
        if (cohort == keyCohort || history == History.FULL) {
            return key(keyCohort);
        }
        Optional<CohortKey> content = key(cohort);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try (CohortKey old = content.get()) {
            return key(keyCohort).map(newest -> {
                try (newest) {
                    return old.under(newest);
                }
            });
        }
    }
}
