// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sekisho.api.GroupId;
import org.sekisho.api.Page;
import org.sekisho.api.audit.Audit;
import org.sekisho.api.audit.AuditRecord;
import org.sekisho.api.audit.AuditVerdict;

/** {@link Audit} over HTTP. Without {@code group}: the gateway's own trail. */
@Component(service = AuditResource.class, property = "sekisho.rest.address=/v1")
@Path("/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit", description = "the hash-chained audit trails")
public final class AuditResource {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile Audit audit;

    @GET
    @Operation(operationId = "auditRecords", summary = "Records, ascending")
    public Page<AuditRecord> records(
            @QueryParam("group") @Nullable String group,
            @QueryParam("after") @DefaultValue(Query.FIRST) String after,
            @QueryParam("limit") @DefaultValue(Query.LIMIT) String limit,
            @Context HttpServletRequest http) {
        return audit().records(Callers.of(http), trail(group), Query.position(after), Query.limit(limit));
    }

    @GET
    @Path("/verdict")
    @Operation(operationId = "verifyAudit", summary = "Recomputes the whole chain")
    public AuditVerdict verdict(@QueryParam("group") @Nullable String group, @Context HttpServletRequest http) {
        return audit().verify(Callers.of(http), trail(group));
    }

    private static Optional<GroupId> trail(@Nullable String group) {
        return Optional.ofNullable(group).map(GroupId::parse);
    }

    private Audit audit() {
        return Present.require(audit, "the audit trail");
    }
}
