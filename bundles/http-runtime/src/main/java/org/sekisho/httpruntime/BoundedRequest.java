// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.util.Locale;

/**
 * A request whose body ends with an exception after a number of bytes, and whose path tells the bus under which mount
 * it came in: {@code /api/v1/groups} and {@code /soap/groups} are different addresses on one bus.
 */
final class BoundedRequest extends HttpServletRequestWrapper {
    private final long limit;
    private BoundedBody body;

    BoundedRequest(HttpServletRequest request, long limit) {
        super(request);
        this.limit = limit;
    }

    static long limitFor(HttpServletRequest request, HttpRuntimeConfig limits, Addresses known) {
        String type = request.getContentType();
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("application/octet-stream")) {
            return limits.max_attachment_bytes();
        }
        String path = path(request);
        boolean plainSoap = path.startsWith("/soap/") && !known.expectsEnvelopes(path);
        return plainSoap ? Math.min(limits.max_soap_body_bytes(), limits.max_body_bytes()) : limits.max_body_bytes();
    }

    private static String path(HttpServletRequest request) {
        return request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
    }

    /** Whether somebody tried to read more than is allowed. */
    boolean isExceeded() {
        return body != null && body.left < 0;
    }

    @Override
    public String getServletPath() {
        return "";
    }

    @Override
    public String getPathInfo() {
        String rest = super.getPathInfo();
        return rest == null ? super.getServletPath() : super.getServletPath() + rest;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body == null) {
            body = new BoundedBody(super.getInputStream(), limit);
        }
        return body;
    }

    private static final class BoundedBody extends ServletInputStream {
        private final ServletInputStream in;
        private long left;

        BoundedBody(ServletInputStream in, long limit) {
            this.in = in;
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            if (value >= 0) {
                take(1);
            }
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = in.read(buffer, offset, length);
            if (count > 0) {
                take(count);
            }
            return count;
        }

        private void take(int count) throws BodyTooLargeException {
            left -= count;
            if (left < 0) {
                throw new BodyTooLargeException();
            }
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }
    }
}
