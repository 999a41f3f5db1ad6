// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import org.sekisho.api.group.SignedReinit;

/** An order that holds, to a scheme that is not here: the log waits for the scheme. */
final class SchemeMissing extends LogWaits {

    private static final long serialVersionUID = 1L;

    private final transient SignedReinit order;

    SchemeMissing(SignedReinit order) {
        super("scheme " + order.reinit().newScheme());
        this.order = order;
    }

    SignedReinit order() {
        return order;
    }
}
