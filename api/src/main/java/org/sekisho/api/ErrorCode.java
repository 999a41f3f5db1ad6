// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api;

/**
 * The one catalogue of errors: the same codes in REST (problem+json), SOAP (fault detail), console and SDK. The category
 * says what the caller can do; it also fixes the HTTP status. Codes are stable; they may be added, never renamed.
 */
public enum ErrorCode {
    MALFORMED(Category.REJECTED),
    LIMIT_EXCEEDED(Category.REJECTED, 413),
    BAD_SIGNATURE(Category.REJECTED),
    WRONG_AUDIENCE(Category.REJECTED),
    POLICY_VIOLATION(Category.REJECTED, 422),
    UNKNOWN_SCHEME(Category.REJECTED, 422),
    BAD_CERTIFICATE(Category.REJECTED),
    BAD_TOKEN(Category.REJECTED),
    UNSUPPORTED_MEDIA_TYPE(Category.REJECTED, 415),
    METHOD_NOT_ALLOWED(Category.REJECTED, 405),
    UNAUTHENTICATED(Category.DENIED, 401),
    FORBIDDEN(Category.DENIED, 403),
    REVOKED(Category.DENIED, 403),
    NOT_A_MEMBER(Category.DENIED, 403),
    NOT_FOUND(Category.NOT_FOUND),
    ROSTER_CONFLICT(Category.CONFLICT),
    EPOCH_CONFLICT(Category.CONFLICT),
    SWITCH_PENDING(Category.CONFLICT),
    STALE_EPOCH(Category.CONFLICT),
    STALE_VIEW(Category.CONFLICT),
    SEND_BLOCKED(Category.CONFLICT),
    REPLAYED(Category.CONFLICT),
    IDEMPOTENCY_MISMATCH(Category.CONFLICT),
    ALREADY_EXISTS(Category.CONFLICT),
    FORK_DETECTED(Category.CONFLICT),
    PRECONDITION_FAILED(Category.CONFLICT, 412),
    EPOCH_UNAVAILABLE(Category.CONFLICT),
    LOG_EXPIRED(Category.CONFLICT, 410),
    CANNOT_OPEN(Category.REJECTED, 422),
    BAD_HEADER(Category.REJECTED, 422),
    HEADER_CORRUPT(Category.REJECTED, 422),
    PENDING_REENCRYPTION(Category.CONFLICT),
    QUEUE_FULL(Category.UNAVAILABLE),
    CAPABILITY_ABSENT(Category.UNAVAILABLE),
    RATE_LIMITED(Category.UNAVAILABLE, 429),
    STORAGE_UNAVAILABLE(Category.UNAVAILABLE),
    STORAGE_FULL(Category.UNAVAILABLE, 507),
    GATEWAY_UNREACHABLE(Category.UNAVAILABLE),
    OUTCOME_UNKNOWN(Category.INDETERMINATE),
    INTERNAL(Category.INDETERMINATE, 500);

    /** What the caller can do about an error. */
    public enum Category {
        /** Fix the input. */
        REJECTED(400),
        /** Do not try again as this caller. */
        DENIED(403),
        NOT_FOUND(404),
        /** Read again, then retry on what was read. */
        CONFLICT(409),
        /** Back off, then retry the same. */
        UNAVAILABLE(503),
        /** It may have happened: read before retrying with the same message id. */
        INDETERMINATE(500);

        private final int status;

        Category(int status) {
            this.status = status;
        }
    }

    private final Category category;
    private final int httpStatus;

    ErrorCode(Category category) {
        this(category, category.status);
    }

    ErrorCode(Category category, int httpStatus) {
        this.category = category;
        this.httpStatus = httpStatus;
    }

    public Category category() {
        return category;
    }

    public int httpStatus() {
        return httpStatus;
    }
}
