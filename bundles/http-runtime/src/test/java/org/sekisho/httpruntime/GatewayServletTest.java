// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.junit.jupiter.api.Test;

class GatewayServletTest {

    private static NullPointerException at(String type, String method) {
        var failure = new NullPointerException();
        failure.setStackTrace(new StackTraceElement[] {new StackTraceElement(type, method, "X.java", 1)});
        return failure;
    }

    /** Only what a destination without an observer fails with by itself; a bug elsewhere is told as one. */
    @Test
    void anEndpointIsAwayWhenItsDestinationHasNobodyToCall() {
        String destination = AbstractHTTPDestination.class.getName();
        assertThat(GatewayServlet.isWithdrawn(null, at(destination, "invoke"))).isTrue();
        assertThat(GatewayServlet.isWithdrawn(message -> {}, at(destination, "invoke")))
                .isFalse();
        assertThat(GatewayServlet.isWithdrawn(null, at("org.sekisho.rest.GroupsResource", "read")))
                .isFalse();
        var often = new NullPointerException();
        often.setStackTrace(new StackTraceElement[0]);
        assertThat(GatewayServlet.isWithdrawn(null, often)).isTrue();
        assertThat(GatewayServlet.isWithdrawn(message -> {}, often)).isFalse();
    }
}
