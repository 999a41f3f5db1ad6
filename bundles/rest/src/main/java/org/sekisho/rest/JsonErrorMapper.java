// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import com.fasterxml.jackson.core.JacksonException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.osgi.service.component.annotations.Component;

/** Bodies that are not the JSON expected. */
@Component(service = JsonErrorMapper.class, property = "sekisho.rest.provider:Boolean=true")
@Provider
public final class JsonErrorMapper implements ExceptionMapper<JacksonException> {

    @Override
    public Response toResponse(JacksonException failure) {
        return Problems.of(failure).response();
    }
}
