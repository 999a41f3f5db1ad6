// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.RejectedException;

/** Refuses bodies larger than the resource method takes, by their declared length and, without one, while reading. */
@Component(
        service = BodyLimit.class,
        configurationPid = "org.sekisho.rest",
        property = "sekisho.rest.provider:Boolean=true")
@Provider
@Priority(BodyLimit.PRIORITY)
public final class BodyLimit implements ContainerRequestFilter {

    static final int PRIORITY = 100;

    private final RestConfig config;

    @Context
    private ResourceInfo resource;

    @Activate
    public BodyLimit(RestConfig config) {
        this.config = config;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        var method = resource.getResourceMethod();
        int limit = method != null && method.isAnnotationPresent(SealedBody.class)
                ? config.max_envelope_body_bytes()
                : config.max_body_bytes();
        if (request.getLength() > limit) {
            throw tooLarge(limit);
        }
        InputStream body = request.getEntityStream();
        if (body != null) {
            request.setEntityStream(new Bounded(body, limit));
        }
    }

    private static RejectedException tooLarge(int limit) {
        return new RejectedException(ErrorCode.LIMIT_EXCEEDED, "a body here has at most " + limit + " bytes");
    }

    private static final class Bounded extends FilterInputStream {

        private final int limit;
        private long read;

        Bounded(InputStream in, int limit) {
            super(in);
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            count(octet < 0 ? 0 : 1);
            return octet;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            count(Math.max(0, n));
            return n;
        }

        private void count(int n) {
            read += n;
            if (read > limit) {
                throw tooLarge(limit);
            }
        }
    }
}
