// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.engine;

/** Whether an instance runs. */
public enum InstanceStatus {
    ACTIVE,
    /** Events are kept, not handled. */
    SUSPENDED,
    /** Another scheme took over, or the leaf left. */
    ENDED
}
