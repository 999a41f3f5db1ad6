// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api;

/** Something changed meanwhile: read again, then retry. */
public final class ConflictException extends SekishoException {

    private static final long serialVersionUID = 1L;

    public ConflictException(ErrorCode code, String message) {
        super(code, ErrorCode.Category.CONFLICT, message);
    }
}
