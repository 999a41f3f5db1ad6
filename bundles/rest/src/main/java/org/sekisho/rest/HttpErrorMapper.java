// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.osgi.service.component.annotations.Component;

/** Errors of HTTP itself: no such resource, method or media type. */
@Component(service = HttpErrorMapper.class, property = "sekisho.rest.provider:Boolean=true")
@Provider
public final class HttpErrorMapper implements ExceptionMapper<WebApplicationException> {

    @Override
    public Response toResponse(WebApplicationException failure) {
        Response problem = Problems.of(failure).response();
        String allow = failure.getResponse().getHeaderString("Allow");
        if (allow != null) {
            problem.getHeaders().putSingle("Allow", allow);
        }
        return problem;
    }
}
