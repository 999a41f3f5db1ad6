// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.SekishoException;
import org.sekisho.api.UnavailableException;

/**
 * An error as a problem document (RFC 9457).
 *
 * @param detail for people; says nothing of the inside
 * @param correlationId finds the line in the gateway's log, if there is one
 * @param retryAfter seconds, when waiting helps
 */
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        String correlationId,
        Optional<Long> retryAfter) {

    static final String MEDIA_TYPE = "application/problem+json";

    /** How to authenticate, for who has not. */
    static final String CHALLENGE = "Basic realm=\"sekisho\", charset=\"UTF-8\"";

    static Problem of(SekishoException error) {
        return of(error.code(), error.getMessage(), retryAfter(error));
    }

    static Problem of(ErrorCode code, String detail) {
        return of(code, detail, Optional.empty());
    }

    private static Problem of(ErrorCode code, String detail, Optional<Long> retryAfter) {
        return new Problem(
                "urn:sekisho:error:" + code,
                code.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                code.httpStatus(),
                detail,
                code.name(),
                UUID.randomUUID().toString(),
                retryAfter);
    }

    private static Optional<Long> retryAfter(SekishoException error) {
        return error instanceof UnavailableException unavailable
                ? Optional.of(Math.max(1, unavailable.retryAfter().toSeconds()))
                : Optional.empty();
    }

    Response response() {
        Response.ResponseBuilder answer =
                Response.status(status).type(MEDIA_TYPE).entity(this);
        retryAfter.ifPresent(seconds -> answer.header("Retry-After", seconds));
        if (status == ErrorCode.UNAUTHENTICATED.httpStatus()) {
            answer.header("WWW-Authenticate", CHALLENGE);
        }
        return answer.build();
    }
}
