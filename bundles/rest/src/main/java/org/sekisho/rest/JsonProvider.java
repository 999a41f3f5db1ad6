// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import com.fasterxml.jackson.jakarta.rs.cfg.JakartaRSFeature;
import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.osgi.service.component.annotations.Component;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.RejectedException;

/** Reads and writes JSON bodies by {@link Json}. A body that is missing or {@code null} is refused here. */
@Component(service = JsonProvider.class, property = "sekisho.rest.provider:Boolean=true")
@Provider
@Consumes({MediaType.APPLICATION_JSON, "application/*+json"})
@Produces({MediaType.APPLICATION_JSON, "application/*+json"})
public final class JsonProvider extends JacksonJsonProvider {

    public JsonProvider() {
        super(Json.MAPPER);
        disable(JakartaRSFeature.ALLOW_EMPTY_INPUT);
    }

    @Override
    public Object readFrom(
            Class<Object> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        Object value;
        try {
            value = super.readFrom(type, genericType, annotations, mediaType, headers, body);
        } catch (CharConversionException e) {
            throw new RejectedException(ErrorCode.MALFORMED, "the body is not text");
        }
        if (value == null) {
            throw new RejectedException(ErrorCode.MALFORMED, "a body is expected");
        }
        return value;
    }
}
