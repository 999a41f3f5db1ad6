// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.metrics;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.RefusalCounter;

/**
 * Times every request of the API listener, before all other filters, an asynchronous one until it completes; and counts what was
 * refused, by the code that the answering interface left in the request.
 */
@Component(
        service = Filter.class,
        scope = ServiceScope.PROTOTYPE,
        property = {
            "service.ranking:Integer=1000",
            "osgi.http.whiteboard.filter.pattern=/*",
            "osgi.http.whiteboard.filter.asyncSupported:Boolean=true",
            "osgi.http.whiteboard.target=(org.apache.felix.http.name=api)"
        })
public final class RequestMeter implements Filter {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    /** Of what no interface of ours answered, with the status: at most a hundred values. */
    private static final String UNDECLARED = "HTTP_";

    private final GatewayMeters meters;

    @Activate
    public RequestMeter(@Reference GatewayMeters meters) {
        this.meters = meters;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Measurement measurement = new Measurement(
                meters, (HttpServletRequest) request, (HttpServletResponse) response, System.nanoTime());
        try {
            chain.doFilter(request, response);
        } finally {
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(measurement);
            } else {
                measurement.finish();
            }
        }
    }

    static String mount(String uri) {
        if (uri.startsWith("/api/")) {
            return "rest";
        }
        return uri.startsWith("/soap/") ? "soap" : "other";
    }

    static String method(String method) {
        return METHODS.contains(method) ? method : "OTHER";
    }

    private record Measurement(
            GatewayMeters meters, HttpServletRequest request, HttpServletResponse response, long startNanos)
            implements AsyncListener {
        void finish() {
            meters.answered(
                    mount(request.getRequestURI()),
                    method(request.getMethod()),
                    response.getStatus(),
                    Duration.ofNanos(System.nanoTime() - startNanos));
            Object code = request.getAttribute(RefusalCounter.REQUEST_ATTRIBUTE);
            if (code instanceof ErrorCode declared) {
                meters.refused(mount(request.getRequestURI()), declared.name());
            } else if (response.getStatus() >= 400) {
                meters.refused(mount(request.getRequestURI()), UNDECLARED + response.getStatus());
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            finish();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // onComplete follows
        }

        @Override
        public void onError(AsyncEvent event) {
            // onComplete follows
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
