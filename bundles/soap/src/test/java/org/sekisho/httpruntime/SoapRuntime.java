// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import jakarta.servlet.Servlet;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.sekisho.api.PasswordAuthenticator;
import org.sekisho.api.directory.CertificateAuthenticator;

/** The real runtime outside a container: what it would put on the whiteboard is handed out here. */
public final class SoapRuntime implements AutoCloseable {

    private final AtomicReference<Servlet> servlet = new AtomicReference<>();
    private final AtomicLong ids = new AtomicLong();
    private final CxfBus bus;
    private final SoapWhiteboard whiteboard;

    public SoapRuntime() {
        HttpRuntimeConfig config = (HttpRuntimeConfig) Proxy.newProxyInstance(
                SoapRuntime.class.getClassLoader(),
                new Class<?>[] {HttpRuntimeConfig.class, Annotation.class},
                (proxy, method, args) -> method.getDefaultValue());
        bus = new CxfBus(config);
        BundleContext context = context();
        ServiceComponentRuntime nothingDeclared = (ServiceComponentRuntime) Proxy.newProxyInstance(
                SoapRuntime.class.getClassLoader(),
                new Class<?>[] {ServiceComponentRuntime.class},
                (proxy, method, args) -> List.of());
        whiteboard = new SoapWhiteboard(bus, new WebMount(context, bus), new Declared(context, nothingDeclared));
    }

    @SuppressWarnings("unchecked")
    private BundleContext context() {
        return (BundleContext) Proxy.newProxyInstance(
                SoapRuntime.class.getClassLoader(), new Class<?>[] {BundleContext.class}, (proxy, method, args) -> {
                    if (method.getName().equals("registerService")
                            && args[1] instanceof PrototypeServiceFactory<?> factory) {
                        servlet.set(((PrototypeServiceFactory<Servlet>) factory).getService(null, null));
                        return Proxy.newProxyInstance(
                                SoapRuntime.class.getClassLoader(),
                                new Class<?>[] {ServiceRegistration.class},
                                (registration, called, nothing) -> null);
                    }
                    if (method.getName().equals("getBundle")) {
                        return null;
                    }
                    throw new UnsupportedOperationException(method.toString());
                });
    }

    public Servlet servlet() {
        return servlet.get();
    }

    public void publish(String address, Object endpoint) {
        whiteboard.bindImplementor(
                endpoint,
                Map.of(
                        Constants.SERVICE_ID,
                        ids.incrementAndGet(),
                        Constants.SERVICE_BUNDLEID,
                        1L,
                        SoapWhiteboard.ADDRESS,
                        address,
                        SoapWhiteboard.ENVELOPES,
                        address.contains("group")));
    }

    public void authenticate(CertificateAuthenticator certificates, PasswordAuthenticator passwords) {
        whiteboard.certificates = certificates;
        whiteboard.passwords = passwords;
    }

    public boolean isSettled() {
        return whiteboard.isSettled();
    }

    @Override
    public void close() {
        whiteboard.close();
        bus.shutDown();
    }
}
