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
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.Groups;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.api.groups.Receipt;

/** {@link Groups} over HTTP. */
@Component(service = GroupsResource.class, property = "sekisho.rest.address=/v1")
@Path("/groups")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Groups", description = "groups, their logs, what members submit")
public final class GroupsResource {

    private final LongPoll longPoll;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile Groups groups;

    /** Body of a request that founds a group. */
    record Founding(Octets genesis) {}

    @Activate
    public GroupsResource(@Reference LongPoll longPoll) {
        this.longPoll = longPoll;
    }

    @POST
    @SealedBody
    @Operation(operationId = "createGroup", summary = "Founds a group; the id follows from the content")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = GroupView.class)))
    public Response create(Founding founding, @Context HttpServletRequest http, @Context UriInfo uri) {
        GroupView view = groups().create(Callers.of(http), founding.genesis());
        return Response.created(uri.getAbsolutePathBuilder()
                        .path(view.group().toString())
                        .build())
                .entity(view)
                .build();
    }

    @GET
    @Operation(operationId = "groups", summary = "The caller's groups; all for administrators, operators and auditors")
    public Page<GroupView> groups(
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue(Query.LIMIT) String limit,
            @Context HttpServletRequest http) {
        return groups().groups(Callers.of(http), Query.cursor(cursor), Query.limit(limit));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "group", summary = "One group, with an ETag")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = GroupView.class)))
    @ApiResponse(responseCode = "304")
    public Response group(@PathParam("id") String id, @Context HttpServletRequest http, @Context Request request) {
        GroupView view = groups().group(Callers.of(http), GroupId.parse(id));
        var tag = EntityTags.of(view);
        var unchanged = request.evaluatePreconditions(tag);
        return (unchanged != null ? unchanged : Response.ok(view)).tag(tag).build();
    }

    @POST
    @Path("/{id}/envelopes")
    @SealedBody
    @Operation(operationId = "submit", summary = "A protocol message; 202 when it was kept for a scheme that is away")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Receipt.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Receipt.class)))
    public Response submit(@PathParam("id") String id, SealedBody.EnvelopeBody body, @Context HttpServletRequest http) {
        return Receipts.ok(groups().submit(Callers.of(http), GroupId.parse(id), body.envelope()));
    }

    @POST
    @Path("/{id}/messages")
    @SealedBody
    @Operation(operationId = "post", summary = "A sealed application message")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Receipt.class)))
    public Response post(@PathParam("id") String id, SealedBody.MessageBody body, @Context HttpServletRequest http) {
        return Receipts.created(groups().post(Callers.of(http), GroupId.parse(id), body.message()));
    }

    @GET
    @Path("/{id}/log")
    @Operation(operationId = "log", summary = "Entries for the caller; waits up to 30 s when there are none yet")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = LogItems.class)))
    public void log(
            @PathParam("id") String id,
            @QueryParam("after") @DefaultValue(Query.FIRST) String after,
            @QueryParam("limit") @DefaultValue(Query.LIMIT) String limit,
            @QueryParam("wait") @DefaultValue(Query.FIRST) String wait,
            @Context HttpServletRequest http,
            @Suspended AsyncResponse response) {
        Groups service = groups();
        Caller caller = Callers.of(http);
        GroupId group = GroupId.parse(id);
        long from = Query.position(after);
        int most = Query.limit(limit);
        longPoll.answer(
                response,
                caller,
                Query.wait(wait),
                () -> service.read(caller, group, from, most),
                news -> service.watch(caller, group, news));
    }

    /** Shape of a part of a log, for the document only. */
    interface LogItems {
        java.util.List<LogEntry> getItems();
    }

    private Groups groups() {
        return Present.require(groups, "the groups service");
    }
}
