// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.RefusalCounter;

/** What is said for an address whose bundle is being started, swapped or is stopped: try again. In the shape of every other error. */
final class AbsentAnswer {
    private static final String CODE = "CAPABILITY_ABSENT";
    private static final String TEXT = "this part of the gateway is not there at the moment";

    private static final int MAX_PASSED_OVER = 1 << 20;

    private AbsentAnswer() {}

    static void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setAttribute(RefusalCounter.REQUEST_ATTRIBUTE, ErrorCode.CAPABILITY_ABSENT);
        passOver(request.getInputStream());
        String correlation = UUID.randomUUID().toString();
        String type =
                request.getContentType() == null ? "" : request.getContentType().toLowerCase(Locale.ROOT);
        String body;
        if (!request.getServletPath().startsWith("/soap")) {
            response.setContentType("application/problem+json");
            body = problem(correlation);
        } else if (type.startsWith("application/soap+xml")) {
            response.setContentType("application/soap+xml;charset=UTF-8");
            body = fault12(correlation);
        } else {
            response.setContentType("text/xml;charset=UTF-8");
            body = fault11(correlation);
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Retry-After", "1");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /**
     * Reads what the caller sends, up to the size of any ordinary request: a body left unread would make the container close the
     * connection under the caller's next one. A longer body is left, and the connection with it.
     */
    private static void passOver(InputStream body) throws IOException {
        byte[] buffer = new byte[8192];
        int left = MAX_PASSED_OVER;
        for (int n = 0; n >= 0 && left > 0; left -= Math.max(n, 0)) {
            n = body.read(buffer);
        }
    }

    private static String problem(String correlation) {
        return """
                {"type":"urn:sekisho:error:%s","title":"capability absent","status":503,"detail":"%s","code":"%s",\
                "correlationId":"%s","retryAfter":1}"""
                .formatted(CODE, TEXT, CODE, correlation);
    }

    private static String detail(String correlation) {
        return "<e:error xmlns:e=\"urn:sekisho:types:v1\"><e:code>" + CODE + "</e:code><e:correlationId>" + correlation
                + "</e:correlationId></e:error>";
    }

    private static String fault11(String correlation) {
        return """
                <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>\
                <faultcode>s:Server</faultcode><faultstring>%s</faultstring><detail>%s</detail>\
                </s:Fault></s:Body></s:Envelope>"""
                .formatted(TEXT, detail(correlation));
    }

    private static String fault12(String correlation) {
        return """
                <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault>\
                <s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Reason><s:Text xml:lang="en">%s</s:Text></s:Reason>\
                <s:Detail>%s</s:Detail></s:Fault></s:Body></s:Envelope>"""
                .formatted(TEXT, detail(correlation));
    }
}
