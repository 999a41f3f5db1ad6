// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.util.List;
import org.sekisho.api.LeafId;
import org.sekisho.api.store.RollBack;

/** A transaction needs participants it does not have; it is rolled back, they are looked up, and it runs again. */
final class LookupNeeded extends RollBack {

    private static final long serialVersionUID = 1L;

    private final transient List<LeafId> leaves;

    LookupNeeded(List<LeafId> leaves) {
        super("participants to look up", null);
        this.leaves = leaves;
    }

    List<LeafId> leaves() {
        return leaves;
    }
}
