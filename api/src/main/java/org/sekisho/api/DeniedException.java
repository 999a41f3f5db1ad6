// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api;

/** This caller may not do this. */
public final class DeniedException extends SekishoException {

    private static final long serialVersionUID = 1L;

    public DeniedException(ErrorCode code, String message) {
        super(code, ErrorCode.Category.DENIED, message);
    }
}
