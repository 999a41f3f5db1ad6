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
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.groups.ChainPage;
import org.sekisho.api.groups.EpochRecord;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.Receipt;

/** {@link GroupHistory} over HTTP, as far as it is about one group. Shares its root with {@link GroupsResource}. */
@Component(service = GroupHistoryResource.class, property = "sekisho.rest.address=/v1")
@Path("/groups")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Groups")
public final class GroupHistoryResource {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile GroupHistory history;

    /** Why a group's scheme is stopped. */
    record Suspension(String reason) {}

    /** A request that only the scheme understands. */
    record SchemeRequest(String name, Octets args) {}

    @GET
    @Path("/{id}/chain")
    @Operation(operationId = "chain", summary = "What a newcomer verifies from the genesis on")
    public ChainPage chain(
            @PathParam("id") String id,
            @QueryParam("cursor") @Nullable String cursor,
            @Context HttpServletRequest http) {
        return history().chain(Callers.of(http), GroupId.parse(id), Query.cursor(cursor));
    }

    @GET
    @Path("/{id}/epochs")
    @Operation(operationId = "epochs", summary = "Committed epochs, ascending")
    public Page<EpochRecord> epochs(
            @PathParam("id") String id,
            @QueryParam("after") @DefaultValue(Query.FIRST) String after,
            @QueryParam("limit") @DefaultValue(Query.LIMIT) String limit,
            @Context HttpServletRequest http) {
        return history().epochs(Callers.of(http), GroupId.parse(id), Query.position(after), Query.limit(limit));
    }

    @PUT
    @Path("/{id}/suspension")
    @Operation(operationId = "suspend", summary = "Stops handing events to the group's scheme; they are kept")
    public GroupView suspend(@PathParam("id") String id, Suspension body, @Context HttpServletRequest http) {
        return history().suspend(Callers.of(http), GroupId.parse(id), body.reason());
    }

    @DELETE
    @Path("/{id}/suspension")
    @Operation(operationId = "resume", summary = "Goes on, including events that were set aside")
    public GroupView resume(@PathParam("id") String id, @Context HttpServletRequest http) {
        return history().resume(Callers.of(http), GroupId.parse(id));
    }

    @GET
    @Path("/{id}/scheme")
    @Operation(operationId = "inspect", summary = "What the group's scheme shows of its server side; no secrets")
    public Map<String, String> inspect(@PathParam("id") String id, @Context HttpServletRequest http) {
        return history().inspect(Callers.of(http), GroupId.parse(id));
    }

    @POST
    @Path("/{id}/scheme/requests")
    @Operation(operationId = "request", summary = "Hands a request of the scheme's own to its server side")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Receipt.class)))
    public Response request(@PathParam("id") String id, SchemeRequest body, @Context HttpServletRequest http) {
        return Receipts.ok(history().request(Callers.of(http), GroupId.parse(id), body.name(), body.args()));
    }

    private GroupHistory history() {
        return Present.require(history, "the groups service");
    }
}
