// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import com.fasterxml.jackson.core.JacksonException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.EOFException;
import java.util.Optional;
import java.util.stream.Stream;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.SekishoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which problem a failure is. Declared errors keep their code; what nobody declared is INTERNAL and is logged. */
final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int MAX_CAUSES = 16;

    private Problems() {}

    static Problem of(Throwable failure) {
        Optional<SekishoException> declared = cause(failure, SekishoException.class);
        if (declared.isPresent()) {
            return logged(Problem.of(declared.get()), failure);
        }
        if (cause(failure, JacksonException.class).isPresent()) {
            return Problem.of(
                    ErrorCode.MALFORMED,
                    position(cause(failure, JacksonException.class).get()));
        }
        if (failure instanceof WebApplicationException web) {
            return logged(of(web), failure);
        }
        return logged(Problem.of(ErrorCode.INTERNAL, "the gateway failed; its log knows the correlation id"), failure);
    }

    private static Problem of(WebApplicationException web) {
        return switch (web.getResponse().getStatus()) {
            case 404 ->
                web instanceof NotFoundException && web.getCause() instanceof IllegalArgumentException
                        ? Problem.of(ErrorCode.MALFORMED, "a parameter is malformed")
                        : Problem.of(ErrorCode.NOT_FOUND, "no such resource");
            case 405 -> Problem.of(ErrorCode.METHOD_NOT_ALLOWED, "this resource does not have this method");
            case 406 -> Problem.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "only application/json is written here");
            case 413 -> Problem.of(ErrorCode.LIMIT_EXCEEDED, "the body is larger than allowed here");
            case 415 -> Problem.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "only application/json is read here");
            default ->
                web.getResponse().getStatusInfo().getFamily() == Response.Status.Family.CLIENT_ERROR
                        ? Problem.of(ErrorCode.MALFORMED, "the request is malformed")
                        : Problem.of(ErrorCode.INTERNAL, "the gateway failed; its log knows the correlation id");
        };
    }

    /** Where reading failed; the message itself names classes and may quote the input. */
    private static String position(JacksonException failure) {
        var at = failure.getLocation();
        return at == null
                ? "malformed JSON"
                : "malformed JSON at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static Problem logged(Problem problem, Throwable failure) {
        boolean readerGone = cause(failure, EOFException.class).isPresent();
        if (problem.code().equals(ErrorCode.INTERNAL.name()) && !readerGone) {
            LOG.error("request failed, correlation {}", problem.correlationId(), failure);
        } else {
            LOG.debug("request refused, correlation {}", problem.correlationId(), failure);
        }
        return problem;
    }

    private static <T> Optional<T> cause(Throwable failure, Class<T> type) {
        return Stream.iterate(failure, t -> t != null, Throwable::getCause)
                .limit(MAX_CAUSES)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
