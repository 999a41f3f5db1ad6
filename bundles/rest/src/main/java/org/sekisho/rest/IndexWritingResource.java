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
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.groups.Receipt;
import org.sekisho.api.searchindex.IndexLease;
import org.sekisho.api.searchindex.IndexWriting;
import org.sekisho.api.searchindex.SegmentPart;

/** {@link IndexWriting} over HTTP. */
@Component(service = IndexWritingResource.class, property = "sekisho.rest.address=/v1")
@Path("/search-index/groups/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "SearchIndex")
public final class IndexWritingResource {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile IndexWriting writing;

    /** Sealed octets, with the lease under which they replace others, or 0. */
    record Written(Octets bytes, long fence) {}

    /** Octets that need no lease. */
    record Said(Octets bytes) {}

    /** A lease to be renewed, or 0. */
    record Wish(int level, long fence) {}

    @POST
    @Path("/segments")
    @SealedBody
    @Operation(operationId = "publishSegment", summary = "A segment in one piece; the same again changes nothing")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Receipt.class)))
    public Response publish(@PathParam("id") String id, @Nullable Written body, @Context HttpServletRequest http) {
        Written written = present(body);
        return Receipts.created(
                writing().publish(Callers.of(http), GroupId.parse(id), written.bytes(), written.fence()));
    }

    @PUT
    @Path("/parts")
    @SealedBody
    @Operation(operationId = "stageSegment", summary = "A part of a segment that is too long for one request")
    @ApiResponse(responseCode = "204")
    public void stage(@PathParam("id") String id, @Nullable SegmentPart part, @Context HttpServletRequest http) {
        writing().stage(Callers.of(http), GroupId.parse(id), present(part));
    }

    @POST
    @Path("/commits")
    @SealedBody
    @Operation(operationId = "commitSegment", summary = "Makes a staged segment live and retires what it replaces")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Receipt.class)))
    public Response commit(@PathParam("id") String id, @Nullable Written body, @Context HttpServletRequest http) {
        Written written = present(body);
        return Receipts.created(
                writing().commit(Callers.of(http), GroupId.parse(id), written.bytes(), written.fence()));
    }

    @POST
    @Path("/entries")
    @SealedBody
    @Operation(operationId = "appendToIndex", summary = "A tombstone or an audit")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Receipt.class)))
    public Response append(@PathParam("id") String id, @Nullable Said body, @Context HttpServletRequest http) {
        return Receipts.created(writing()
                .append(Callers.of(http), GroupId.parse(id), present(body).bytes()));
    }

    @PUT
    @Path("/ring")
    @SealedBody
    @Operation(operationId = "putIndexRing", summary = "A new ring of search keys, one version after the present one")
    @ApiResponse(responseCode = "204")
    public void putRing(@PathParam("id") String id, @Nullable Said body, @Context HttpServletRequest http) {
        writing().putRing(Callers.of(http), GroupId.parse(id), present(body).bytes());
    }

    @POST
    @Path("/leases")
    @Operation(
            operationId = "leaseIndexLevel",
            summary = "The right to compact a level; 204 while somebody else has it")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = IndexLease.class)))
    @ApiResponse(responseCode = "204")
    public Response lease(@PathParam("id") String id, @Nullable Wish wish, @Context HttpServletRequest http) {
        return writing()
                .lease(
                        Callers.of(http),
                        GroupId.parse(id),
                        present(wish).level(),
                        present(wish).fence())
                .map(lease -> Response.ok(lease).build())
                .orElseGet(() -> Response.noContent().build());
    }

    private static <T> T present(@Nullable T body) {
        if (body == null) {
            throw new RejectedException(ErrorCode.MALFORMED, "a body is expected");
        }
        return body;
    }

    private IndexWriting writing() {
        return Present.require(writing, "the search index");
    }
}
