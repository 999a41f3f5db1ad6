// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import org.osgi.service.component.annotations.Component;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.RefusalCounter;

/** Leaves the code of a problem in the request, to be counted. */
@Component(service = RefusalNote.class, property = "sekisho.rest.provider:Boolean=true")
@Provider
public final class RefusalNote implements ContainerResponseFilter {

    @Context
    private HttpServletRequest http;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Problem problem) {
            http.setAttribute(RefusalCounter.REQUEST_ATTRIBUTE, ErrorCode.valueOf(problem.code()));
        }
    }
}
