// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import org.sekisho.api.store.RollBack;

/** This log entry cannot be judged yet: neither it nor a later one is taken, and it is to be offered again. */
class LogWaits extends RollBack {

    private static final long serialVersionUID = 1L;

    LogWaits(String forWhat) {
        super(forWhat, null);
    }
}
