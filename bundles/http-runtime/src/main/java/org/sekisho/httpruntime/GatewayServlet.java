// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.cxf.transport.MessageObserver;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.apache.cxf.transport.http.DestinationRegistry;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.apache.cxf.transport.servlet.ServletController;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.RefusalCounter;

/**
 * The one servlet through which REST and SOAP requests reach the bus.
 *
 * <p>Guarantees: a body larger than the configured limit is answered 413 before or while it is read; a request that
 * arrives while endpoints are being exchanged waits for the exchange; an address that is away, or not all there yet, is answered
 * 503 and not 404; no page lists the services.
 */
final class GatewayServlet extends CXFNonSpringServlet {
    private static final long serialVersionUID = 1;
    private final transient CxfBus cxf;
    private final transient PublicationGate gate;
    private final transient Addresses known;

    GatewayServlet(CxfBus cxf, PublicationGate gate, Addresses known) {
        super(null, cxf.bus());
        this.cxf = cxf;
        this.gate = gate;
        this.known = known;
    }

    @Override
    protected ServletController createServletController(ServletConfig config) {
        return new Controller(getDestinationRegistryFromBusOrDefault(null), config, known);
    }

    /** Where nothing is published but may come, 503 is true and 404 is not. */
    private static final class Controller extends ServletController {
        private final Addresses known;

        Controller(DestinationRegistry registry, ServletConfig config, Addresses known) {
            super(registry, config, new NoServiceList());
            this.known = known;
        }

        @Override
        public void invokeDestination(
                HttpServletRequest request, HttpServletResponse response, AbstractHTTPDestination destination)
                throws ServletException {
            try {
                super.invokeDestination(request, response, destination);
            } catch (NullPointerException e) {
                if (!isWithdrawn(destination.getMessageObserver(), e)) {
                    throw e;
                }
                absent(request, response);
            }
        }

        @Override
        protected void generateNotFound(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
            if (known.mayCome(path)) {
                AbsentAnswer.write(request, response);
            } else {
                super.generateNotFound(request, response);
            }
        }
    }

    /** Who asks for the list of services gets what everybody gets who asks for nothing. */
    private static final class NoServiceList extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    @Override
    protected void invoke(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        long limit = BoundedRequest.limitFor(request, cxf.limits(), known);
        if (request.getContentLengthLong() > limit) {
            request.setAttribute(RefusalCounter.REQUEST_ATTRIBUTE, ErrorCode.LIMIT_EXCEEDED);
            refuse(request, response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        gate.await();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(GatewayServlet.class.getClassLoader());
        try {
            BoundedRequest bounded = new BoundedRequest(request, limit);
            super.invoke(bounded, response);
            if (bounded.isExceeded()) {
                answerAtOnce(request, response);
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * Whether CXF found the endpoint, and before it handed the request over the endpoint was withdrawn: then nothing of it has been
     * read. A destination that was withdrawn has no observer any more, and the failure is the destination's own attempt to call it.
     * (The machine may leave the trace of a failure that came often empty.)
     *
     * @param observer the destination's, after the failure
     */
    static boolean isWithdrawn(@Nullable MessageObserver observer, NullPointerException failure) {
        StackTraceElement[] at = failure.getStackTrace();
        boolean own = at.length == 0
                || at[0].getClassName().equals(AbstractHTTPDestination.class.getName())
                        && at[0].getMethodName().equals("invoke");
        return observer == null && own;
    }

    private static void absent(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        try {
            AbsentAnswer.write(request, response);
        } catch (IOException e) {
            throw new ServletException(e);
        }
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, int status)
            throws ServletException {
        response.setHeader("Connection", "close");
        response.setStatus(status);
        response.setContentLength(0);
        answerAtOnce(request, response);
    }

    /** Not when the request is through: the caller may wait for the answer with its body unsent. */
    private static void answerAtOnce(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        try {
            response.flushBuffer();
            UnreadBody.drain(request);
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
