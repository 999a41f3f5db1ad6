// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import java.util.Collection;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * What the components of a bundle say they will register. A bundle's services appear one after the other; who publishes the first
 * ones alone tells callers of the others that there is no such thing.
 */
@Component(service = Declared.class)
public final class Declared {
    private final BundleContext context;
    private final ServiceComponentRuntime components;

    @Activate
    public Declared(BundleContext context, @Reference ServiceComponentRuntime components) {
        this.context = context;
        this.components = components;
    }

    /** How many components of the bundle with this id carry {@code property}; those that need a configuration do not count. */
    long count(long bundleId, String property) {
        Bundle bundle = context.getBundle(bundleId);
        return bundle == null
                ? 0
                : components.getComponentDescriptionDTOs(bundle).stream()
                        .filter(c -> c.defaultEnabled && !"require".equals(c.configurationPolicy))
                        .filter(c -> c.properties.containsKey(property))
                        .count();
    }

    /**
     * Whether every component of the bundle that carries {@code property} is among {@code present}, a bundle id for each. Never
     * for a bundle that is stopping: what it still has will be gone in a moment.
     */
    boolean isComplete(long bundleId, String property, Collection<Long> present) {
        Bundle bundle = context.getBundle(bundleId);
        if (bundle != null && bundle.getState() == Bundle.STOPPING) {
            return false;
        }
        return present.stream().filter(id -> id == bundleId).count() >= count(bundleId, property);
    }
}
