// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.osgi.service.component.annotations.Component;
import org.sekisho.api.SekishoException;

/** Errors that the api declares. */
@Component(service = DeclaredErrorMapper.class, property = "sekisho.rest.provider:Boolean=true")
@Provider
public final class DeclaredErrorMapper implements ExceptionMapper<SekishoException> {

    @Override
    public Response toResponse(SekishoException failure) {
        return Problems.of(failure).response();
    }
}
