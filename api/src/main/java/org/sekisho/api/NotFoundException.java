// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api;

/** The thing named does not exist, or this caller may not know that it does. */
public final class NotFoundException extends SekishoException {

    private static final long serialVersionUID = 1L;

    public NotFoundException(String message) {
        super(ErrorCode.NOT_FOUND, ErrorCode.Category.NOT_FOUND, message);
    }
}
