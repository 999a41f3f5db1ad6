// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench.echo;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Gives back what it is given. */
@Path("/echo")
public final class Echo implements BundleActivator {

    private ServiceRegistration<?> registration;

    @POST
    @Consumes("text/plain")
    @Produces("text/plain")
    public String echo(String text) {
        return text;
    }

    @Override
    public void start(BundleContext context) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("sekisho.rest.address", "/bench");
        registration = context.registerService(Echo.class, this, properties);
    }

    @Override
    public void stop(BundleContext context) {
        registration.unregister();
    }
}
