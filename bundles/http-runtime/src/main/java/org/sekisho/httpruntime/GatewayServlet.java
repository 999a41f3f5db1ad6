// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;

/**
 * The one servlet through which REST and SOAP requests reach the bus.
 *
 * <p>Guarantees: a body larger than the configured limit is answered 413 before or while it is read; a request that
 * arrives while endpoints are being exchanged waits for the exchange; no page lists the services.
 */
final class GatewayServlet extends CXFNonSpringServlet {
    private static final long serialVersionUID = 1;
    private final transient CxfBus cxf;
    private final transient PublicationGate gate;

    GatewayServlet(CxfBus cxf, PublicationGate gate) {
        super(null, cxf.bus());
        this.cxf = cxf;
        this.gate = gate;
    }

    @Override
    protected void invoke(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        long limit = BoundedRequest.limitFor(request, cxf.limits());
        if (request.getContentLengthLong() > limit) {
            refuse(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        gate.await();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(GatewayServlet.class.getClassLoader());
        try {
            super.invoke(new BoundedRequest(request, limit), response);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void refuse(HttpServletResponse response, int status) throws ServletException {
        try {
            response.setHeader("Connection", "close");
            response.sendError(status);
        } catch (IOException e) {
            throw new ServletException(e);
        }
    }

    /** The bus outlives this servlet: Jetty destroys servlets at every reconfiguration of a listener. */
    @Override
    public void destroyBus() {
        // see above
    }

    @Override
    public void destroy() {
        // see destroyBus
    }
}
