// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.group;

import org.sekisho.api.ErrorCode;
import org.sekisho.api.RejectedException;

/** Named limits are checked here, so that all say the same. */
public final class Limit {

    private Limit() {}

    /** Throws {@link RejectedException} when {@code value} is negative or above {@code most}. */
    public static long atMost(String what, long value, long most) {
        if (value < 0 || value > most) {
            throw new RejectedException(ErrorCode.LIMIT_EXCEEDED, what + ": at most " + most);
        }
        return value;
    }
}
