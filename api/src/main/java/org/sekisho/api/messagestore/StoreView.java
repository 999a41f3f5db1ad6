// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.messagestore;

import java.util.List;
import org.sekisho.api.GroupId;

/**
 * A group's store at a glance.
 *
 * @param messages deposited so far, deleted ones included
 * @param epoch the group's current one
 * @param alarms what somebody should look at, in words; empty when all is well
 */
public record StoreView(GroupId group, long messages, long epoch, List<CohortView> cohorts, List<String> alarms) {
    public StoreView {
        cohorts = List.copyOf(cohorts);
        alarms = List.copyOf(alarms);
    }
}
