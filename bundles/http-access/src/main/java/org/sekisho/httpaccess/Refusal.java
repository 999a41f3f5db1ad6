// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpaccess;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.RefusalCounter;
import org.sekisho.api.SekishoException;
import org.sekisho.api.UnavailableException;

/**
 * The answer to who may not pass: a problem document (RFC 9457), or a SOAP fault of the request's version under
 * {@code /soap}. Holds the code of the catalogue and a fixed text, nothing of the request.
 */
final class Refusal {

    private static final String SOAP12 = "application/soap+xml";

    private Refusal() {}

    static void write(HttpServletRequest request, HttpServletResponse response, SekishoException error)
            throws IOException {
        ErrorCode code = error.code();
        request.setAttribute(RefusalCounter.REQUEST_ATTRIBUTE, code);
        if (code == ErrorCode.UNAUTHENTICATED) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"sekisho\", charset=\"UTF-8\"");
        }
        if (error instanceof UnavailableException unavailable) {
            response.setHeader(
                    "Retry-After",
                    Long.toString(Math.max(1, unavailable.retryAfter().toSeconds())));
        }
        String body;
        String correlation = UUID.randomUUID().toString();
        if (request.getRequestURI().startsWith("/soap/")) {
            String type = request.getContentType();
            boolean soap12 = type != null && type.toLowerCase(Locale.ROOT).startsWith(SOAP12);
            body = soap12
                    ? fault12(code, error.getMessage(), correlation)
                    : fault11(code, error.getMessage(), correlation);
            response.setContentType((soap12 ? SOAP12 : "text/xml") + ";charset=UTF-8");
        } else {
            body = problem(code, error.getMessage(), correlation);
            response.setContentType("application/problem+json");
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setStatus(code.httpStatus());
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static String problem(ErrorCode code, String detail, String correlation) {
        return """
                {"type":"urn:sekisho:error:%s","title":"%s","status":%d,"detail":"%s","code":"%s","correlationId":"%s"}"""
                .formatted(
                        code,
                        code.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        code.httpStatus(),
                        detail.replace("\\", "\\\\").replace("\"", "\\\""),
                        code,
                        correlation);
    }

    private static boolean serverSide(ErrorCode code) {
        return switch (code.category()) {
            case UNAVAILABLE, INDETERMINATE -> true;
            case REJECTED, DENIED, NOT_FOUND, CONFLICT -> false;
        };
    }

    private static String detail(ErrorCode code, String correlation) {
        return "<e:error xmlns:e=\"urn:sekisho:types:v1\"><e:code>" + code + "</e:code><e:correlationId>" + correlation
                + "</e:correlationId></e:error>";
    }

    private static String fault11(ErrorCode code, String text, String correlation) {
        return """
                <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>\
                <faultcode>s:%s</faultcode><faultstring>%s</faultstring><detail>%s</detail>\
                </s:Fault></s:Body></s:Envelope>"""
                .formatted(serverSide(code) ? "Server" : "Client", escape(text), detail(code, correlation));
    }

    private static String fault12(ErrorCode code, String text, String correlation) {
        return """
                <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault>\
                <s:Code><s:Value>s:%s</s:Value></s:Code><s:Reason><s:Text xml:lang="en">%s</s:Text></s:Reason>\
                <s:Detail>%s</s:Detail></s:Fault></s:Body></s:Envelope>"""
                .formatted(serverSide(code) ? "Receiver" : "Sender", escape(text), detail(code, correlation));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
