// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.cxf.endpoint.Server;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** What is not all there is not published, and what was there and is away may come again. */
class EndpointsTest {

    private final AtomicInteger parts = new AtomicInteger();
    private final AtomicInteger built = new AtomicInteger();

    private final AtomicInteger destroyed = new AtomicInteger();

    private record Half(AtomicInteger built, AtomicInteger destroyed, boolean isComplete, int parts)
            implements Endpoints.Plan {
        @Override
        public Server build() {
            built.incrementAndGet();
            return (Server) Proxy.newProxyInstance(
                    EndpointsTest.class.getClassLoader(), new Class<?>[] {Server.class}, (proxy, method, args) -> {
                        if (method.getName().equals("destroy")) {
                            destroyed.incrementAndGet();
                        }
                        return null;
                    });
        }
    }

    private Map<String, Endpoints.Plan> wanted() {
        int now = parts.get();
        return now == 0 ? Map.of() : Map.of("/api/v1", new Half(built, destroyed, now >= 3, now));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void whatIsIncompleteIsNotPublished() throws Exception {
        try (Endpoints endpoints = new Endpoints("test", new PublicationGate(), this::wanted)) {
            parts.set(2);
            endpoints.changed();
            TimeUnit.MILLISECONDS.sleep(6 * Endpoints.SETTLE_MILLIS);
            assertThat(built).hasValue(0);
            assertThat(endpoints.isSettled()).isFalse();

            parts.set(3);
            endpoints.changed();
            await(endpoints::isSettled);
            assertThat(built).hasValue(1);
        }
    }

    @Test
    void whatBecomesIncompleteIsWithdrawn() throws Exception {
        try (Endpoints endpoints = new Endpoints("test", new PublicationGate(), this::wanted)) {
            parts.set(3);
            endpoints.changed();
            await(endpoints::isSettled);
            parts.set(1);
            endpoints.changed();
            await(() -> destroyed.get() == 1);
            parts.set(3);
            endpoints.changed();
            await(() -> built.get() == 2);
        }
    }

    @Test
    void componentsThatNeedNoConfigurationAreWaitedFor() {
        Declared declared = new Declared(context(Bundle.ACTIVE), runtime());
        assertThat(declared.count(7, "sekisho.rest.address")).isEqualTo(2);
        assertThat(declared.count(8, "sekisho.rest.address")).isZero();
        assertThat(declared.isComplete(7, "sekisho.rest.address", List.of(7L, 9L)))
                .isFalse();
        assertThat(declared.isComplete(7, "sekisho.rest.address", List.of(7L, 9L, 7L)))
                .isTrue();
    }

    @Test
    void whatIsLeftOfAStoppingBundleIsNotPublished() {
        Declared declared = new Declared(context(Bundle.STOPPING), runtime());
        assertThat(declared.isComplete(7, "sekisho.rest.address", List.of(7L, 7L)))
                .isFalse();
    }

    private static BundleContext context(int state) {
        return (BundleContext) Proxy.newProxyInstance(
                EndpointsTest.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, args) -> Long.valueOf(7).equals(args[0])
                        ? Proxy.newProxyInstance(
                                EndpointsTest.class.getClassLoader(),
                                new Class<?>[] {Bundle.class},
                                (bundle, called, nothing) -> state)
                        : null);
    }

    private static ServiceComponentRuntime runtime() {
        return (ServiceComponentRuntime) Proxy.newProxyInstance(
                EndpointsTest.class.getClassLoader(),
                new Class<?>[] {ServiceComponentRuntime.class},
                (proxy, method, args) -> List.of(
                        component("sekisho.rest.address", "optional"),
                        component("sekisho.rest.address", "ignore"),
                        component("sekisho.rest.address", "require"),
                        component("other", "optional")));
    }

    private static ComponentDescriptionDTO component(String property, String policy) {
        ComponentDescriptionDTO component = new ComponentDescriptionDTO();
        component.defaultEnabled = true;
        component.configurationPolicy = policy;
        component.properties = Map.of(property, "/v1");
        return component;
    }

    @Test
    void knownAddressesMayCome() {
        Addresses addresses = new Addresses();
        assertThat(addresses.mayCome("/api/v1/groups")).isTrue();
        addresses.add("/api/v1");
        addresses.add("/soap/v1/groups");
        assertThat(addresses.mayCome("/api/v1")).isTrue();
        assertThat(addresses.mayCome("/api/v1/groups")).isTrue();
        assertThat(addresses.mayCome("/api/v2")).isFalse();
        assertThat(addresses.mayCome("/soap/v1/groups12")).isFalse();
    }
}
