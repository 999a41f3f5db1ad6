// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import jakarta.annotation.Priority;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What remains when no contributed mapper answers: a problem document (RFC 9457) with a status, a title and a number
 * that finds the log line, never a message or a stack trace.
 */
@Priority(Integer.MAX_VALUE)
final class UnhandledExceptionMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(UnhandledExceptionMapper.class);

    @Override
    public Response toResponse(Throwable failure) {
        if (BodyTooLargeException.isCauseOf(failure)) {
            return problem(Response.Status.REQUEST_ENTITY_TOO_LARGE, "");
        }
        if (failure instanceof WebApplicationException known) {
            Response answer = known.getResponse();
            Response.StatusType status = answer.getStatusInfo();
            Response problem = problem(status, "");
            for (String header : new String[] {"Allow", "Retry-After", "WWW-Authenticate"}) {
                if (answer.getHeaderString(header) != null) {
                    problem.getHeaders().putSingle(header, answer.getHeaderString(header));
                }
            }
            return problem;
        }
        UUID correlation = UUID.randomUUID();
        LOG.error("unhandled failure in a REST endpoint, correlation {}", correlation, failure);
        return problem(Response.Status.INTERNAL_SERVER_ERROR, ",\"correlation\":\"" + correlation + "\"");
    }

    private static Response problem(Response.StatusType status, String more) {
        String body = "{\"type\":\"about:blank\",\"title\":\"" + status.getReasonPhrase() + "\",\"status\":"
                + status.getStatusCode() + more + "}";
        return Response.status(status)
                .type("application/problem+json")
                .entity(body)
                .build();
    }
}
