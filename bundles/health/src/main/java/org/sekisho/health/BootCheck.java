// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.health;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Ready not before the container has installed all its boot features: until then, that nothing is missing means only that nothing
 * has asked yet. The container says so by a service; it is looked up by name, so that this bundle needs no class of it.
 */
@Component(property = {"hc.name=boot", "hc.tags=ready"})
public final class BootCheck implements HealthCheck {

    static final String BOOT_FINISHED = "org.apache.karaf.features.BootFinished";

    private final BundleContext context;

    @Activate
    public BootCheck(BundleContext context) {
        this.context = context;
    }

    @Override
    public Result execute() {
        return context.getServiceReference(BOOT_FINISHED) == null
                ? new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "boot features are being installed")
                : new Result(Result.Status.OK, "boot features are installed");
    }
}
