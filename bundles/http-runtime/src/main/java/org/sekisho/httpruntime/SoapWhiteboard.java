// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import jakarta.jws.WebService;
import jakarta.xml.ws.handler.Handler;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.cxf.Bus;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.jaxws.JaxWsServerFactoryBean;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.service.component.AnyService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sekisho.api.PasswordAuthenticator;
import org.sekisho.api.directory.CertificateAuthenticator;

/**
 * Publishes every service with {@code sekisho.soap.address} as a JAX-WS endpoint under {@code /soap}, with every
 * {@link Handler} service with {@code sekisho.soap.handler=true} in its chain. The WSDL named by {@link WebService} is
 * looked up in the endpoint's own bundle. Endpoints with {@code sekisho.soap.envelopes=true} take longer messages.
 */
@Component(immediate = true, service = SoapWhiteboard.class)
public final class SoapWhiteboard {
    static final String ADDRESS = "sekisho.soap.address";
    static final String ENVELOPES = "sekisho.soap.envelopes";

    private final Bus bus;
    private final Endpoints endpoints;
    private final Map<Long, Implementor> implementors = new ConcurrentSkipListMap<>();
    private final Map<Long, Handler<?>> handlers = new ConcurrentSkipListMap<>();

    private final Declared declared;
    private final Addresses known;

    private final SoapSecurity security = new SoapSecurity(
            () -> Optional.ofNullable(this.certificates),
            () -> Optional.ofNullable(this.passwords),
            new SeenMessages(Clock.systemUTC(), SeenMessages.MAX));

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable CertificateAuthenticator certificates;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable PasswordAuthenticator passwords;

    private record Implementor(long bundle, String address, Object object) {}

    private record SoapPlan(
            Bus bus,
            String address,
            Object implementor,
            List<Handler<?>> handlers,
            boolean isComplete,
            SoapSecurity security)
            implements Endpoints.Plan {
        @Override
        @SuppressWarnings({"rawtypes", "unchecked"})
        public Server build() {
            JaxWsServerFactoryBean factory = new JaxWsServerFactoryBean();
            factory.setBus(bus);
            factory.setAddress(address);
            factory.setServiceBean(implementor);
            factory.setServiceClass(implementor.getClass());
            WebService service = implementor.getClass().getAnnotation(WebService.class);
            if (service != null && !service.wsdlLocation().isEmpty()) {
                factory.setWsdlURL(Contracts.locate(implementor.getClass(), service.wsdlLocation()));
            }
            factory.setHandlers((List<Handler>) (List) handlers);
            Server server = factory.create();
            server.getEndpoint().getInInterceptors().add(security);
            server.getEndpoint().getOutFaultInterceptors().add(new FaultMask());
            return server;
        }
    }

    @Activate
    public SoapWhiteboard(@Reference CxfBus cxf, @Reference WebMount mount, @Reference Declared declared) {
        this.bus = cxf.bus();
        this.declared = declared;
        this.known = mount.known();
        this.endpoints = new Endpoints("soap", mount.gate(), this::wanted);
    }

    @Reference(
            service = AnyService.class,
            target = "(" + ADDRESS + "=*)",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bindImplementor(Object implementor, Map<String, Object> properties) {
        long bundle = (Long) properties.get(Constants.SERVICE_BUNDLEID);
        Implementor added = new Implementor(bundle, "/soap" + properties.get(ADDRESS), implementor);
        if (Boolean.TRUE.equals(properties.get(ENVELOPES))) {
            known.addWithEnvelopes(added.address());
        } else {
            known.add(added.address());
        }
        implementors.put(id(properties), added);
        endpoints.changed();
    }

    void unbindImplementor(Map<String, Object> properties) {
        implementors.remove(id(properties));
        endpoints.changed();
    }

    @Reference(
            target = "(sekisho.soap.handler=true)",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bindHandler(Handler<?> handler, Map<String, Object> properties) {
        handlers.put(id(properties), handler);
        endpoints.changed();
    }

    void unbindHandler(Map<String, Object> properties) {
        handlers.remove(id(properties));
        endpoints.changed();
    }

    boolean isSettled() {
        return endpoints.isSettled();
    }

    private Map<String, Endpoints.Plan> wanted() {
        Map<String, Endpoints.Plan> plans = new TreeMap<>();
        List<Handler<?>> chain = List.copyOf(handlers.values());
        List<Long> present =
                implementors.values().stream().map(Implementor::bundle).toList();
        implementors
                .values()
                .forEach(i -> plans.put(
                        i.address(),
                        new SoapPlan(
                                bus,
                                i.address(),
                                i.object(),
                                chain,
                                declared.isComplete(i.bundle(), ADDRESS, present),
                                security)));
        return plans;
    }

    private static long id(Map<String, Object> properties) {
        return (Long) properties.get(Constants.SERVICE_ID);
    }

    @Deactivate
    void close() {
        endpoints.close();
    }
}
