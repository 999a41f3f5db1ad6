// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.groupmanagement.GroupManagement;
import org.sekisho.api.groupmanagement.ManagementStatus;
import org.sekisho.api.groups.Receipt;

/** {@link GroupManagement} over HTTP. */
@Component(service = GroupManagementResource.class, property = "sekisho.rest.address=/v1")
@Path("/group-management")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "GroupManagement", description = "the two-random-number scheme by the names of its paper")
public final class GroupManagementResource {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile GroupManagement management;

    @POST
    @Path("/relay/{leaf}")
    @SealedBody
    @Operation(operationId = "relay", summary = "Invitation, acceptance or RN1 transfer between terminals")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Receipt.class)))
    public Response relay(
            @PathParam("leaf") String leaf, SealedBody.EnvelopeBody body, @Context HttpServletRequest http) {
        return Receipts.ok(management().relay(Callers.of(http), LeafId.parse(leaf), body.envelope()));
    }

    @POST
    @Path("/groups/{id}/notifications")
    @SealedBody
    @Operation(operationId = "memberNotification", summary = "Group member notification: a new signed roster")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Receipt.class)))
    public Response memberNotification(
            @PathParam("id") String id, SealedBody.EnvelopeBody body, @Context HttpServletRequest http) {
        return Receipts.ok(management().memberNotification(Callers.of(http), GroupId.parse(id), body.envelope()));
    }

    @POST
    @Path("/groups/{id}/renewals")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "renew", summary = "Asks for a fresh RN2 now; takes no body")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Receipt.class)))
    public Response renew(@PathParam("id") String id, @Context HttpServletRequest http) {
        return Receipts.ok(management().renew(Callers.of(http), GroupId.parse(id)));
    }

    @GET
    @Path("/groups/{id}")
    @Operation(operationId = "managementStatus", summary = "State of the group at its management server")
    public ManagementStatus status(@PathParam("id") String id, @Context HttpServletRequest http) {
        return management().status(Callers.of(http), GroupId.parse(id));
    }

    private GroupManagement management() {
        return Present.require(management, "group management");
    }
}
