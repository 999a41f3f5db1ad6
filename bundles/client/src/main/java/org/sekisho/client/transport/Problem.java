// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.transport;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.SekishoException;
import org.sekisho.api.UnavailableException;

/** An RFC 9457 problem as the gateway writes it; every member may be missing. */
record Problem(@Nullable String code, @Nullable String detail, @Nullable String correlationId) {

    private static final String MEDIA_TYPE = "application/problem+json";
    private static final int MAX_DETAIL = 512;

    /** The exception for an answer that is no success. */
    static SekishoException of(int status, String contentType, byte[] body, Optional<Duration> retryAfter) {
        if (contentType.startsWith(MEDIA_TYPE)) {
            Problem problem;
            try {
                problem = Json.read(body, Problem.class);
            } catch (SekishoException e) {
                return exception(byNobody(status), "HTTP " + status, retryAfter);
            }
            return exception(problem.known().orElseGet(() -> byNobody(status)), problem.text(status), retryAfter);
        }
        return exception(byNobody(status), "HTTP " + status, retryAfter);
    }

    /** The exception for a problem that came without an answer of its own. */
    SekishoException exception() {
        return exception(known().orElse(ErrorCode.GATEWAY_UNREACHABLE), text(0), Optional.empty());
    }

    /** Without a code of ours, a 404 comes from a proxy, or from a container whose endpoint is not published (yet). */
    private static ErrorCode byNobody(int status) {
        return status == 404 ? ErrorCode.GATEWAY_UNREACHABLE : byStatus(status);
    }

    private Optional<ErrorCode> known() {
        for (ErrorCode candidate : ErrorCode.values()) {
            if (candidate.name().equals(code)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private String text(int status) {
        String text = detail == null ? "HTTP " + status : detail;
        if (correlationId != null) {
            text = text + " [" + correlationId + "]";
        }
        return text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL);
    }

    private static SekishoException exception(ErrorCode code, String text, Optional<Duration> retryAfter) {
        return code.category() == ErrorCode.Category.UNAVAILABLE
                ? new UnavailableException(code, text, retryAfter.orElse(Duration.ofSeconds(1)))
                : SekishoException.of(code, text);
    }

    private static ErrorCode byStatus(int status) {
        return switch (status) {
            case 401 -> ErrorCode.UNAUTHENTICATED;
            case 403 -> ErrorCode.FORBIDDEN;
            case 404 -> ErrorCode.NOT_FOUND;
            case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
            case 409 -> ErrorCode.EPOCH_CONFLICT;
            case 412 -> ErrorCode.PRECONDITION_FAILED;
            case 413 -> ErrorCode.LIMIT_EXCEEDED;
            case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
            case 422 -> ErrorCode.POLICY_VIOLATION;
            case 429 -> ErrorCode.RATE_LIMITED;
            case 408, 502, 503, 504 -> ErrorCode.GATEWAY_UNREACHABLE;
            case 507 -> ErrorCode.STORAGE_FULL;
            default -> status >= 400 && status < 500 ? ErrorCode.MALFORMED : ErrorCode.INTERNAL;
        };
    }
}
