// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.cxf.Bus;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.jaxrs.JAXRSServerFactoryBean;
import org.osgi.framework.Constants;
import org.osgi.service.component.AnyService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Publishes every service with {@code sekisho.rest.address} as a JAX-RS root resource under {@code /api}, with every
 * service with {@code sekisho.rest.provider=true} as a provider. Resources with the same address share one server.
 */
@Component(immediate = true, service = RestWhiteboard.class)
public final class RestWhiteboard {
    static final String ADDRESS = "sekisho.rest.address";
    static final String PROVIDER = "sekisho.rest.provider";

    private final Bus bus;
    private final Endpoints endpoints;
    private final Map<Long, Resource> resources = new ConcurrentSkipListMap<>();
    private final Map<Long, Resource> providers = new ConcurrentSkipListMap<>();
    private final Declared declared;
    private final Addresses known;

    private record Resource(long bundle, String address, Object object) {}

    private record RestPlan(Bus bus, String address, List<Object> resources, List<Object> providers, boolean isComplete)
            implements Endpoints.Plan {
        @Override
        public Server build() {
            JAXRSServerFactoryBean factory = new JAXRSServerFactoryBean();
            factory.setBus(bus);
            factory.setAddress(address);
            factory.setServiceBeanObjects(resources.toArray());
            List<Object> all = new ArrayList<>(providers);
            all.add(new UnhandledExceptionMapper());
            factory.setProviders(all);
            // contributed mappers see WebApplicationException as well, so that every error has one shape
            factory.setProperties(Map.of("default.wae.mapper.least.specific", true));
            return factory.create();
        }
    }

    @Activate
    public RestWhiteboard(@Reference CxfBus cxf, @Reference WebMount mount, @Reference Declared declared) {
        this.bus = cxf.bus();
        this.declared = declared;
        this.known = mount.known();
        this.endpoints = new Endpoints("rest", mount.gate(), this::wanted);
    }

    @Reference(
            service = AnyService.class,
            target = "(" + ADDRESS + "=*)",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bindResource(Object resource, Map<String, Object> properties) {
        Resource added = new Resource(bundle(properties), "/api" + properties.get(ADDRESS), resource);
        known.add(added.address());
        resources.put(id(properties), added);
        endpoints.changed();
    }

    void unbindResource(Map<String, Object> properties) {
        resources.remove(id(properties));
        endpoints.changed();
    }

    @Reference(
            service = AnyService.class,
            target = "(" + PROVIDER + "=true)",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bindProvider(Object provider, Map<String, Object> properties) {
        providers.put(id(properties), new Resource(bundle(properties), "", provider));
        endpoints.changed();
    }

    void unbindProvider(Map<String, Object> properties) {
        providers.remove(id(properties));
        endpoints.changed();
    }

    boolean isSettled() {
        return endpoints.isSettled();
    }

    private Map<String, Endpoints.Plan> wanted() {
        Map<String, List<Resource>> byAddress = new TreeMap<>(Comparator.naturalOrder());
        resources.values().forEach(resource -> byAddress
                .computeIfAbsent(resource.address(), address -> new ArrayList<>())
                .add(resource));
        List<Object> shared = providers.values().stream().map(Resource::object).toList();
        Map<String, Endpoints.Plan> plans = new TreeMap<>();
        byAddress.forEach((address, found) -> plans.put(
                address,
                new RestPlan(
                        bus,
                        address,
                        found.stream().map(Resource::object).toList(),
                        shared,
                        found.stream().allMatch(resource -> isComplete(resource.bundle())))));
        return plans;
    }

    private boolean isComplete(long bundle) {
        return declared.isComplete(bundle, ADDRESS, bundles(resources))
                && declared.isComplete(bundle, PROVIDER, bundles(providers));
    }

    private static List<Long> bundles(Map<Long, Resource> services) {
        return services.values().stream().map(Resource::bundle).toList();
    }

    private static long bundle(Map<String, Object> properties) {
        return (Long) properties.get(Constants.SERVICE_BUNDLEID);
    }

    private static long id(Map<String, Object> properties) {
        return (Long) properties.get(Constants.SERVICE_ID);
    }

    @Deactivate
    void close() {
        endpoints.close();
    }
}
