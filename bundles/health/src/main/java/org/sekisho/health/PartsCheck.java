// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.health;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * Ready when every part that is installed is there. A part is a bundle of ours; it is there when it is active, none of its components
 * waits for something or has failed, and every service that its manifest promises is registered. What is installed is asked of
 * the container, so no list of parts has to be kept. One entry of the result for each part that is missing, with the reason.
 */
@Component(property = {"hc.name=" + PartsCheck.NAME, "hc.tags=ready"})
public final class PartsCheck implements HealthCheck {

    static final String NAME = "parts";

    private static final String OURS = "org.sekisho.";

    /** The namespace of promised services, and the framework's attribute for their types. */
    private static final String SERVICE = "osgi.service";

    private final BundleContext context;
    private final ServiceComponentRuntime components;

    @Activate
    public PartsCheck(BundleContext context, @Reference ServiceComponentRuntime components) {
        this.context = context;
        this.components = components;
    }

    @Override
    public Result execute() {
        ResultLog missing = new ResultLog();
        for (Bundle bundle : context.getBundles()) {
            String name = bundle.getSymbolicName();
            if (name != null && name.startsWith(OURS) && bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                reason(bundle)
                        .findFirst()
                        .ifPresent(reason -> missing.add(
                                new ResultLog.Entry(Result.Status.TEMPORARILY_UNAVAILABLE, name + " " + reason)));
            }
        }
        return missing.iterator().hasNext() ? new Result(missing) : new Result(Result.Status.OK, "every part is there");
    }

    private Stream<String> reason(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (bundle.getState() != Bundle.ACTIVE || wiring == null) {
            return Stream.of("is not active");
        }
        List<String> reasons = new ArrayList<>();
        for (ComponentDescriptionDTO component : components.getComponentDescriptionDTOs(bundle)) {
            if (components.isComponentEnabled(component)) {
                components.getComponentConfigurationDTOs(component).stream()
                        .flatMap(PartsCheck::reason)
                        .forEach(reasons::add);
            }
        }
        if (reasons.isEmpty()) {
            promised(wiring)
                    .filter(type -> !isRegistered(bundle, type))
                    .map(type -> "does not offer " + simple(type))
                    .forEach(reasons::add);
        }
        return reasons.stream();
    }

    private static Stream<String> reason(ComponentConfigurationDTO component) {
        String name = simple(component.description.implementationClass);
        return switch (component.state) {
            case ComponentConfigurationDTO.ACTIVE, ComponentConfigurationDTO.SATISFIED -> Stream.empty();
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                Stream.of(name + " waits for "
                        + Stream.of(component.unsatisfiedReferences)
                                .map(reference -> wanted(component, reference))
                                .collect(Collectors.joining(" ")));
            case ComponentConfigurationDTO.FAILED_ACTIVATION -> Stream.of(name + " has failed");
            default -> Stream.of(name + " waits for its configuration");
        };
    }

    private static String wanted(ComponentConfigurationDTO component, UnsatisfiedReferenceDTO unsatisfied) {
        return Stream.of(component.description.references)
                .filter(reference -> reference.name.equals(unsatisfied.name))
                .map(reference -> simple(reference.interfaceName))
                .findFirst()
                .orElse(unsatisfied.name);
    }

    private static Stream<String> promised(BundleWiring wiring) {
        return wiring.getCapabilities(SERVICE).stream()
                .map(BundleCapability::getAttributes)
                .flatMap(attributes -> {
                    Object types = attributes.get(Constants.OBJECTCLASS);
                    return types instanceof List<?> list
                            ? list.stream().map(String::valueOf)
                            : Stream.of(String.valueOf(types));
                });
    }

    private static boolean isRegistered(Bundle bundle, String type) {
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        return services != null
                && Arrays.stream(services)
                        .flatMap(service -> Stream.of((String[]) service.getProperty(Constants.OBJECTCLASS)))
                        .anyMatch(type::equals);
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
