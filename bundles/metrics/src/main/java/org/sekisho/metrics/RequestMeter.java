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

/** Times every request of the API listener; an asynchronous one until it completes. */
@Component(
        service = Filter.class,
        scope = ServiceScope.PROTOTYPE,
        property = {
            "osgi.http.whiteboard.filter.pattern=/*",
            "osgi.http.whiteboard.filter.asyncSupported:Boolean=true",
            "osgi.http.whiteboard.target=(org.apache.felix.http.name=api)"
        })
public final class RequestMeter implements Filter {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
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
