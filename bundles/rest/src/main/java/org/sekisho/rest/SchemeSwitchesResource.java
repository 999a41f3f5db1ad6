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
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sekisho.api.GroupId;
import org.sekisho.api.groups.Receipt;
import org.sekisho.api.groups.SchemeSwitches;
import org.sekisho.api.groups.SwitchView;

/** {@link SchemeSwitches} over HTTP. Shares its root with {@link GroupsResource}. */
@Component(service = SchemeSwitchesResource.class, property = "sekisho.rest.address=/v1")
@Path("/groups")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Groups")
public final class SchemeSwitchesResource {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile SchemeSwitches switches;

    /** What an operator would have a group's administrators do. */
    record Wish(String scheme, String reason) {}

    /** A switch that is under way, or none. */
    record Switches(List<SwitchView> items) {}

    @POST
    @Path("/{id}/scheme-switches")
    @Operation(
            operationId = "orderSwitch",
            summary = "Begins or cancels a scheme switch: a signed envelope of type host/reinit or host/reinit-cancel")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Receipt.class)))
    public Response order(@PathParam("id") String id, SealedBody.EnvelopeBody body, @Context HttpServletRequest http) {
        return Receipts.ok(switches().order(Callers.of(http), GroupId.parse(id), body.envelope()));
    }

    @GET
    @Path("/{id}/scheme-switches")
    @Operation(operationId = "pendingSwitch", summary = "The scheme switch that is under way, if there is one")
    public Switches pending(@PathParam("id") String id, @Context HttpServletRequest http) {
        return new Switches(
                switches().pending(Callers.of(http), GroupId.parse(id)).stream().toList());
    }

    @POST
    @Path("/{id}/scheme-switches/requests")
    @Operation(operationId = "askForSwitch", summary = "Asks the group's administrators to order a scheme switch")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Receipt.class)))
    public Response ask(@PathParam("id") String id, Wish body, @Context HttpServletRequest http) {
        return Receipts.ok(switches().ask(Callers.of(http), GroupId.parse(id), body.scheme(), body.reason()));
    }

    @DELETE
    @Path("/{id}/scheme-switches")
    @Operation(operationId = "giveUpSwitch", summary = "Ends the new scheme's preparation; the old scheme goes on")
    public SwitchView giveUp(
            @PathParam("id") String id,
            @QueryParam("reason") @DefaultValue("") String reason,
            @Context HttpServletRequest http) {
        return switches().giveUp(Callers.of(http), GroupId.parse(id), reason);
    }

    private SchemeSwitches switches() {
        return Present.require(switches, "the groups service");
    }
}
