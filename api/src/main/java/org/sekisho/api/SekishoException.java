// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api;

/**
 * Root of all errors Sekisho raises on purpose. The message is for people, holds no secret and no internals; programs look
 * at {@link #code()}.
 */
public abstract sealed class SekishoException extends RuntimeException
        permits RejectedException,
                DeniedException,
                NotFoundException,
                ConflictException,
                UnavailableException,
                IndeterminateException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    SekishoException(ErrorCode code, ErrorCode.Category category, String message) {
        super(message);
        if (code.category() != category) {
            throw new IllegalArgumentException(code + " is not of category " + category);
        }
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    /** The exception of the category {@code code} belongs to. */
    public static SekishoException of(ErrorCode code, String message) {
        return switch (code.category()) {
            case REJECTED -> new RejectedException(code, message);
            case DENIED -> new DeniedException(code, message);
            case NOT_FOUND -> new NotFoundException(message);
            case CONFLICT -> new ConflictException(code, message);
            case UNAVAILABLE -> new UnavailableException(code, message);
            case INDETERMINATE -> new IndeterminateException(code, message);
        };
    }
}
