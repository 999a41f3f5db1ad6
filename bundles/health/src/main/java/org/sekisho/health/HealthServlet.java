// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.health;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.felix.hc.api.execution.HealthCheckExecutionResult;
import org.apache.felix.hc.api.execution.HealthCheckExecutor;
import org.apache.felix.hc.api.execution.HealthCheckSelector;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * {@code GET /health/live} and {@code GET /health/ready} on the admin listener: 200 or 503, with the names of the
 * checks and their states, and nothing of what a check found but which parts are missing.
 *
 * <p>Live: the process answers and no check tagged {@code live} fails; an orchestrator restarts what is not live.
 * Ready: at least one check is tagged {@code ready} and none of them fails; a balancer sends nothing to what is not.
 */
@Component(
        service = Servlet.class,
        scope = ServiceScope.PROTOTYPE,
        property = {
            "osgi.http.whiteboard.servlet.pattern=/health/live",
            "osgi.http.whiteboard.servlet.pattern=/health/ready",
            "osgi.http.whiteboard.target=(org.apache.felix.http.name=admin)"
        })
public final class HealthServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private final transient HealthCheckExecutor executor;

    @Activate
    public HealthServlet(@Reference HealthCheckExecutor executor) {
        this.executor = executor;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean ready = request.getRequestURI().endsWith("/ready");
        List<HealthCheckExecutionResult> results = executor.execute(HealthCheckSelector.tags(ready ? "ready" : "live"));
        boolean well = (!ready || !results.isEmpty())
                && results.stream()
                        .allMatch(result -> result.getHealthCheckResult().isOk());
        response.setStatus(well ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/json");
        response.getWriter().write(render(well, results));
    }

    private static String render(boolean well, List<HealthCheckExecutionResult> results) {
        String checks = results.stream()
                .map(result -> quoted(result.getHealthCheckMetadata().getTitle()) + ":"
                        + quoted(result.getHealthCheckResult().getStatus().name()))
                .collect(Collectors.joining(","));
        String missing = results.stream()
                .filter(result -> result.getHealthCheckMetadata().getTitle().equals(PartsCheck.NAME))
                .filter(result -> !result.getHealthCheckResult().isOk())
                .flatMap(result ->
                        StreamSupport.stream(result.getHealthCheckResult().spliterator(), false))
                .map(entry -> quoted(entry.getMessage()))
                .collect(Collectors.joining(","));
        return "{\"status\":\"" + (well ? "up" : "down") + "\",\"checks\":{" + checks + "}"
                + (missing.isEmpty() ? "" : ",\"missing\":[" + missing + "]") + "}\n";
    }

    private static String quoted(String text) {
        return '"' + text.replaceAll("[^A-Za-z0-9 ._-]", "_") + '"';
    }
}
