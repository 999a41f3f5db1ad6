// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.RefusalCounter;

/** The meters of this process. Thread-safe. */
@Component(service = {GatewayMeters.class, RefusalCounter.class})
public final class GatewayMeters implements RefusalCounter {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    @Activate
    public GatewayMeters() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** One answered request; the labels have few values by construction: mount, method, status class. */
    void answered(String mount, String method, int status, Duration taken) {
        Timer.builder("sekisho.http.requests")
                .description("answered requests of the API listener")
                .tag("mount", mount)
                .tag("method", method)
                .tag("outcome", status / 100 + "xx")
                .register(registry)
                .record(taken);
    }

    /** Labels: the way it came and the code of the catalogue; nothing of who or what. */
    void refused(String via, String code) {
        Counter.builder("sekisho.refusals")
                .description("requests, commands and events that were refused")
                .tag("via", via)
                .tag("code", code)
                .register(registry)
                .increment();
    }

    @Override
    public void refused(Via via, ErrorCode code) {
        refused(via.name().toLowerCase(Locale.ROOT), code.name());
    }

    @Override
    public void poisoned() {
        Counter.builder("sekisho.poison.events")
                .description("events that broke their scheme and were set aside, or stopped their group")
                .register(registry)
                .increment();
    }

    String scrape() {
        return registry.scrape();
    }

    @Deactivate
    void close() {
        collections.close();
        registry.close();
    }
}
