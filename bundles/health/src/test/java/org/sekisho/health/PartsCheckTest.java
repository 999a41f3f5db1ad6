// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

class PartsCheckTest {

    private static final String GROUPS = "org.sekisho.api.groups.Groups";

    /** A bundle as the container shows it. */
    private static final class Part {
        final String name;
        int state = Bundle.ACTIVE;
        List<String> promised = List.of();
        List<String> registered = List.of();
        final Hashtable<String, String> headers = new Hashtable<>();

        Part(String name) {
            this.name = name;
        }

        Part offering(String type) {
            promised = List.of(type);
            registered = List.of(type);
            return this;
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private final List<ComponentConfigurationDTO> components = new ArrayList<>();
    private boolean enabled = true;

    private Part groups() {
        Part groups = new Part("org.sekisho.groups").offering(GROUPS);
        parts.add(groups);
        return groups;
    }

    private ComponentConfigurationDTO component(int state) {
        ComponentConfigurationDTO component = new ComponentConfigurationDTO();
        component.state = state;
        component.unsatisfiedReferences = new UnsatisfiedReferenceDTO[0];
        component.description = new ComponentDescriptionDTO();
        component.description.implementationClass = "org.sekisho.groups.GroupsComponent";
        component.description.references = new ReferenceDTO[0];
        components.add(component);
        return component;
    }

    private List<String> missing() {
        Result result = new PartsCheck(context(), runtime()).execute();
        List<String> missing = new ArrayList<>();
        if (!result.isOk()) {
            for (ResultLog.Entry entry : result) {
                missing.add(entry.getMessage());
            }
            assertThat(missing).isNotEmpty();
        }
        return missing;
    }

    @Test
    void readyWhenEveryPartIsThere() {
        groups();
        component(ComponentConfigurationDTO.ACTIVE);
        component(ComponentConfigurationDTO.SATISFIED);
        assertThat(missing()).isEmpty();
    }

    @Test
    void aBundleThatDoesNotRunIsNamed() {
        for (int state : new int[] {Bundle.INSTALLED, Bundle.RESOLVED, Bundle.STARTING, Bundle.STOPPING}) {
            parts.clear();
            groups().state = state;
            assertThat(missing()).containsExactly("org.sekisho.groups is not active");
        }
    }

    @Test
    void aComponentThatWaitsIsNamedWithWhatItWaitsFor() {
        groups();
        ComponentConfigurationDTO waiting = component(ComponentConfigurationDTO.UNSATISFIED_REFERENCE);
        ReferenceDTO rows = new ReferenceDTO();
        rows.name = "$000";
        rows.interfaceName = "org.sekisho.api.store.RowStore";
        waiting.description.references = new ReferenceDTO[] {rows};
        UnsatisfiedReferenceDTO unsatisfied = new UnsatisfiedReferenceDTO();
        unsatisfied.name = "$000";
        waiting.unsatisfiedReferences = new UnsatisfiedReferenceDTO[] {unsatisfied};
        assertThat(missing()).containsExactly("org.sekisho.groups GroupsComponent waits for RowStore");
    }

    @Test
    void aComponentThatFailedIsNamed() {
        groups();
        component(ComponentConfigurationDTO.FAILED_ACTIVATION);
        assertThat(missing()).containsExactly("org.sekisho.groups GroupsComponent has failed");
    }

    @Test
    void aComponentWithoutItsConfigurationIsNamed() {
        groups();
        component(ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION);
        assertThat(missing()).containsExactly("org.sekisho.groups GroupsComponent waits for its configuration");
    }

    @Test
    void aStoreThatCouldNotBeOpenedIsNamed() {
        Part store = new Part("org.sekisho.repositoryjdbc");
        store.promised = List.of("org.sekisho.api.store.RowStore");
        parts.add(store);
        assertThat(missing()).containsExactly("org.sekisho.repositoryjdbc does not offer RowStore");
    }

    @Test
    void whatIsSwitchedOffDoesNotCount() {
        groups();
        component(ComponentConfigurationDTO.UNSATISFIED_REFERENCE);
        enabled = false;
        assertThat(missing()).isEmpty();
    }

    @Test
    void bundlesOfOthersAndFragmentsDoNotCount() {
        Part foreign = new Part("org.example.groups");
        foreign.state = Bundle.RESOLVED;
        Part fragment = new Part("org.sekisho.fragment");
        fragment.state = Bundle.RESOLVED;
        fragment.headers.put("Fragment-Host", "org.sekisho.api");
        parts.addAll(List.of(foreign, fragment));
        assertThat(missing()).isEmpty();
    }

    private BundleContext context() {
        return fake(BundleContext.class, Map.of("getBundles", arguments -> parts.stream()
                .map(PartsCheckTest::bundle)
                .toArray(Bundle[]::new)));
    }

    private ServiceComponentRuntime runtime() {
        return fake(
                ServiceComponentRuntime.class,
                Map.of(
                        "getComponentDescriptionDTOs",
                                arguments -> components.stream()
                                        .map(component -> component.description)
                                        .toList(),
                        "isComponentEnabled", arguments -> enabled,
                        "getComponentConfigurationDTOs",
                                arguments -> components.stream()
                                        .filter(component -> component.description == arguments[0])
                                        .toList()));
    }

    private static Bundle bundle(Part part) {
        BundleWiring wiring = fake(BundleWiring.class, Map.of("getCapabilities", arguments -> part.promised.stream()
                .map(PartsCheckTest::capability)
                .toList()));
        return fake(
                Bundle.class,
                Map.of(
                        "getSymbolicName", arguments -> part.name,
                        "getState", arguments -> part.state,
                        "getHeaders", arguments -> (Dictionary<String, String>) part.headers,
                        "adapt", arguments -> wiring,
                        "getRegisteredServices",
                                arguments -> part.registered.isEmpty()
                                        ? null
                                        : part.registered.stream()
                                                .map(PartsCheckTest::service)
                                                .toArray(ServiceReference<?>[]::new)));
    }

    private static BundleCapability capability(String type) {
        return fake(
                BundleCapability.class,
                Map.of("getAttributes", arguments -> Map.<String, Object>of("objectClass", List.of(type))));
    }

    private static ServiceReference<?> service(String type) {
        return fake(ServiceReference.class, Map.of("getProperty", arguments -> new String[] {type}));
    }

    private static <T> T fake(Class<T> type, Map<String, Function<Object[], @Nullable Object>> answers) {
        return type.cast(Proxy.newProxyInstance(
                PartsCheckTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    var answer = answers.get(method.getName());
                    if (answer == null) {
                        throw new UnsupportedOperationException(method.toString());
                    }
                    return answer.apply(arguments);
                }));
    }
}
