// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import jakarta.servlet.Servlet;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Mounts the bus at {@code /api/*} and {@code /soap/*} of the listener named {@code api}, and of no other. */
@Component(service = WebMount.class)
public final class WebMount {
    private final PublicationGate gate = new PublicationGate();
    private final Addresses known = new Addresses();
    private final AtomicInteger served = new AtomicInteger();
    private final ServiceRegistration<Servlet> registration;

    @Activate
    public WebMount(BundleContext context, @Reference CxfBus cxf) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("osgi.http.whiteboard.servlet.name", "sekisho");
        properties.put("osgi.http.whiteboard.servlet.pattern", new String[] {"/api/*", "/soap/*"});
        properties.put("osgi.http.whiteboard.servlet.asyncSupported", true);
        properties.put("osgi.http.whiteboard.target", "(org.apache.felix.http.name=api)");
        properties.put("servlet.init.hide-service-list-page", "true");
        properties.put("servlet.init.disable-address-updates", "true");
        // one servlet object per listener: Jetty destroys it whenever the listener is reconfigured
        registration = context.registerService(
                Servlet.class,
                new PrototypeServiceFactory<>() {
                    @Override
                    public Servlet getService(Bundle bundle, ServiceRegistration<Servlet> servlet) {
                        served.incrementAndGet();
                        return new GatewayServlet(cxf, gate, known);
                    }

                    @Override
                    public void ungetService(Bundle bundle, ServiceRegistration<Servlet> servlet, Servlet object) {
                        served.decrementAndGet();
                    }
                },
                properties);
    }

    /** Whether a listener has mounted the servlet. */
    boolean isServed() {
        return served.get() > 0;
    }

    /** Addresses that services ask for. */
    Addresses known() {
        return known;
    }

    PublicationGate gate() {
        return gate;
    }

    @Deactivate
    void unmount() {
        registration.unregister();
    }
}
