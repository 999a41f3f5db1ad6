// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import org.sekisho.api.ErrorCode;
import org.sekisho.api.RejectedException;

/** Sizes and cursors of pages. */
final class Pages {

    /** Most items of a page. */
    static final int MAX = 500;

    private Pages() {}

    static int limit(int asked) {
        if (asked < 1) {
            throw new RejectedException(ErrorCode.MALFORMED, "a page has at least one item");
        }
        return Math.min(asked, MAX);
    }
}
