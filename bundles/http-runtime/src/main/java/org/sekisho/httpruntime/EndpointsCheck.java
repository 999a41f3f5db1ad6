// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Ready when every endpoint that should be published is published, and the API listener has the servlet. */
@Component(property = {"hc.name=endpoints", "hc.tags=ready"})
public final class EndpointsCheck implements HealthCheck {
    private final RestWhiteboard rest;
    private final SoapWhiteboard soap;
    private final WebMount mount;

    @Activate
    public EndpointsCheck(@Reference RestWhiteboard rest, @Reference SoapWhiteboard soap, @Reference WebMount mount) {
        this.rest = rest;
        this.soap = soap;
        this.mount = mount;
    }

    @Override
    public Result execute() {
        if (!mount.isServed()) {
            return new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "no listener named api");
        }
        if (!rest.isSettled() || !soap.isSettled()) {
            return new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "endpoints are not published yet");
        }
        return new Result(Result.Status.OK, "every endpoint is published");
    }
}
