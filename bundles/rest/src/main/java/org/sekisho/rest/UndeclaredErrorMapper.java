// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.osgi.service.component.annotations.Component;

/** Everything else, which is a bug of ours or of the container. */
@Component(service = UndeclaredErrorMapper.class, property = "sekisho.rest.provider:Boolean=true")
@Provider
public final class UndeclaredErrorMapper implements ExceptionMapper<Throwable> {

    @Override
    public Response toResponse(Throwable failure) {
        return Problems.of(failure).response();
    }
}
