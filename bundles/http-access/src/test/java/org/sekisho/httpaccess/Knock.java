// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpaccess;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.Caller;

/** One request to the door, and what became of it. */
final class Knock {

    final Map<String, Object> attributes = new HashMap<>();
    final Map<String, String> headers = new HashMap<>();
    final Map<String, String> answered = new HashMap<>();
    String address = "192.0.2.1";
    String path = "/api/v1/groups";
    String contentType = "application/json";
    boolean secure = true;
    int status;
    boolean passed;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Knock as(String user, String password) {
        String pair = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        headers.put("Authorization", "Basic " + pair);
        return this;
    }

    Knock with(X509Certificate certificate) {
        attributes.put("jakarta.servlet.request.X509Certificate", new X509Certificate[] {certificate});
        return this;
    }

    Knock header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Knock from(String from) {
        address = from;
        return this;
    }

    Knock at(Door door) throws Exception {
        FilterChain chain = (request, response) -> passed = true;
        door.doFilter(request(), response(), chain);
        return this;
    }

    Optional<Caller> caller() {
        return Optional.ofNullable((Caller) attributes.get(Caller.REQUEST_ATTRIBUTE));
    }

    String body() {
        return body.toString(StandardCharsets.UTF_8);
    }

    private HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                Knock.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "getAttribute" -> attributes.get(args[0]);
                    case "setAttribute" -> attributes.put((String) args[0], args[1]);
                    case "getHeader" -> headers.get(args[0]);
                    case "getHeaderNames" -> Collections.enumeration(headers.keySet());
                    case "getHeaders" -> Collections.enumeration(List.of(headers.get(args[0])));
                    case "getRemoteAddr" -> address;
                    case "getRequestURI" -> path;
                    case "getContentType" -> contentType;
                    case "isSecure" -> secure;
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    private HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                Knock.class.getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, method, args) -> {
                    switch (method.getName()) {
                        case "setHeader" -> answered.put((String) args[0], (String) args[1]);
                        case "setContentType" -> answered.put("Content-Type", (String) args[0]);
                        case "setStatus" -> status = (int) args[0];
                        case "setContentLength" -> answered.put("Content-Length", args[0].toString());
                        case "getOutputStream" -> {
                            return new Bytes(body);
                        }
                        default -> throw new UnsupportedOperationException(method.toString());
                    }
                    return null;
                });
    }

    private static final class Bytes extends ServletOutputStream {
        private final ByteArrayOutputStream out;

        Bytes(ByteArrayOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int octet) {
            out.write(octet);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }

    /** Defaults of the configuration, but for what {@code settings} says. */
    static DoorConfig config(Map<String, Object> settings) {
        return (DoorConfig) Proxy.newProxyInstance(
                Knock.class.getClassLoader(),
                new Class<?>[] {DoorConfig.class, Annotation.class},
                (proxy, method, args) -> settings.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
