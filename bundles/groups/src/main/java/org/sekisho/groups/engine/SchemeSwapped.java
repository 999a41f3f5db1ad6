// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.engine;

import org.sekisho.api.store.RollBack;

/** The scheme's service went or was replaced during the call: roll back, then run the event again or queue it. */
public final class SchemeSwapped extends RollBack {

    private static final long serialVersionUID = 1L;

    public SchemeSwapped(String scheme) {
        super(scheme + " was swapped", null);
    }
}
