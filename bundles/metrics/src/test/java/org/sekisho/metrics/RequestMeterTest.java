// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.RefusalCounter;

class RequestMeterTest {

    private final GatewayMeters meters = new GatewayMeters();
    private final RequestMeter meter = new RequestMeter(meters);
    private final Map<String, Object> attributes = new HashMap<>();

    @AfterEach
    void close() {
        meters.close();
    }

    private void answer(String uri, int status, Object code) throws Exception {
        attributes.clear();
        var request = (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletRequest.class}, (proxy, method, args) -> {
                    return switch (method.getName()) {
                        case "getRequestURI" -> uri;
                        case "getMethod" -> "POST";
                        case "isAsyncStarted" -> false;
                        case "getAttribute" -> attributes.get(args[0]);
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
        var response = (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, args) -> status);
        meter.doFilter(request, response, (in, out) -> {
            if (code != null) {
                attributes.put(RefusalCounter.REQUEST_ATTRIBUTE, code);
            }
        });
    }

    @Test
    void refusalsAreCountedByTheirWayAndCode() throws Exception {
        answer("/api/v1/groups/0102/messages", 409, ErrorCode.STALE_EPOCH);
        answer("/api/v1/groups/0304/messages", 409, ErrorCode.STALE_EPOCH);
        answer("/soap/v1/groups", 500, ErrorCode.NOT_A_MEMBER);
        answer("/api/v1/groups", 200, null);
        answer("/elsewhere", 404, null);
        meters.refused(RefusalCounter.Via.CONSOLE, ErrorCode.FORBIDDEN);
        meters.refused(RefusalCounter.Via.ENGINE, ErrorCode.REPLAYED);
        meters.poisoned();

        assertThat(meters.scrape())
                .contains("sekisho_refusals_total{code=\"STALE_EPOCH\",via=\"rest\"} 2.0")
                .contains("sekisho_refusals_total{code=\"NOT_A_MEMBER\",via=\"soap\"} 1.0")
                .contains("sekisho_refusals_total{code=\"HTTP_404\",via=\"other\"} 1.0")
                .contains("sekisho_refusals_total{code=\"FORBIDDEN\",via=\"console\"} 1.0")
                .contains("sekisho_refusals_total{code=\"REPLAYED\",via=\"engine\"} 1.0")
                .contains("sekisho_poison_events_total 1.0");
    }

    @Test
    void labelsNameNobody() throws Exception {
        answer("/api/v1/groups/deadbeef00112233/messages", 403, ErrorCode.NOT_A_MEMBER);
        assertThat(meters.scrape()).doesNotContain("deadbeef");
    }
}
