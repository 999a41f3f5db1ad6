// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api;

/** The input is wrong; sending it again will not help. */
public final class RejectedException extends SekishoException {

    private static final long serialVersionUID = 1L;

    public RejectedException(ErrorCode code, String message) {
        super(code, ErrorCode.Category.REJECTED, message);
    }
}
