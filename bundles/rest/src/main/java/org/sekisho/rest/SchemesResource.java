// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.groups.SchemeView;

/** The schemes of {@link GroupHistory} over HTTP. */
@Component(service = SchemesResource.class, property = "sekisho.rest.address=/v1")
@Path("/schemes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Groups")
public final class SchemesResource {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile GroupHistory history;

    @GET
    @Operation(operationId = "schemes", summary = "Schemes the gateway runs just now")
    public Items<SchemeView> schemes(@Context HttpServletRequest http) {
        return new Items<>(Present.require(history, "the groups service").schemes(Callers.of(http)));
    }
}
