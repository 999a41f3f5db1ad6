// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import org.sekisho.api.SekishoException;
import org.sekisho.api.store.RollBack;

/** A scheme switch that this leaf will not follow. What was begun of it is undone with the transaction; then this is noted. */
final class SwitchRefused extends RollBack {

    private static final long serialVersionUID = 1L;

    private final SekishoException why;

    SwitchRefused(SekishoException why) {
        super(why.getMessage(), why);
        this.why = why;
    }

    SekishoException why() {
        return why;
    }
}
