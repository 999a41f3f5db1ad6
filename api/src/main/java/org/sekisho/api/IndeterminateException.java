// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api;

/** The operation may or may not have happened. */
public final class IndeterminateException extends SekishoException {

    private static final long serialVersionUID = 1L;

    public IndeterminateException(ErrorCode code, String message) {
        super(code, ErrorCode.Category.INDETERMINATE, message);
    }
}
