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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.searchindex.IndexAnswer;
import org.sekisho.api.searchindex.IndexQuery;
import org.sekisho.api.searchindex.IndexStatus;
import org.sekisho.api.searchindex.Leakage;
import org.sekisho.api.searchindex.SearchIndex;

/** {@link SearchIndex} over HTTP. */
@Component(service = SearchIndexResource.class, property = "sekisho.rest.address=/v1")
@Path("/search-index/groups/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "SearchIndex", description = "encrypted keyword search: sealed blocks by token")
public final class SearchIndexResource {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile SearchIndex index;

    /** Sealed octets as the body of an answer. */
    record Bytes(Octets bytes) {}

    @GET
    @Operation(operationId = "indexStatus", summary = "Segments, rows and octets of the group's index")
    public IndexStatus status(@PathParam("id") String id, @Context HttpServletRequest http) {
        return index().indexStatus(Callers.of(http), GroupId.parse(id));
    }

    @GET
    @Path("/leakage")
    @Operation(operationId = "indexLeakage", summary = "What the gateway's own view of the group tells an operator")
    public Leakage leakage(@PathParam("id") String id, @Context HttpServletRequest http) {
        return index().leakage(Callers.of(http), GroupId.parse(id));
    }

    @POST
    @Path("/queries")
    @SealedBody
    @Operation(operationId = "searchIndex", summary = "Sealed blocks by token; changes nothing")
    public IndexAnswer search(
            @PathParam("id") String id, @Nullable IndexQuery query, @Context HttpServletRequest http) {
        if (query == null) {
            throw new RejectedException(ErrorCode.MALFORMED, "a query is expected");
        }
        return index().search(Callers.of(http), GroupId.parse(id), query);
    }

    @GET
    @Path("/log")
    @Operation(operationId = "indexLog", summary = "Entries of the index log, ascending")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = LogItems.class)))
    public Items<Octets> log(
            @PathParam("id") String id,
            @QueryParam("after") @DefaultValue(Query.FIRST) String after,
            @QueryParam("limit") @DefaultValue(Query.LIMIT) String limit,
            @Context HttpServletRequest http) {
        return new Items<>(index().log(Callers.of(http), GroupId.parse(id), Query.position(after), Query.limit(limit)));
    }

    @GET
    @Path("/segments/{segment}/directory")
    @Operation(operationId = "indexDirectory", summary = "A part of a segment's sealed directory; 404 when it is gone")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Bytes.class)))
    public Bytes directory(
            @PathParam("id") String id,
            @PathParam("segment") String segment,
            @QueryParam("offset") @DefaultValue(Query.FIRST) String offset,
            @Context HttpServletRequest http) {
        int from = (int) Math.min(Integer.MAX_VALUE, Query.position(offset));
        return new Bytes(index().directory(Callers.of(http), GroupId.parse(id), segment(segment), from)
                .orElseThrow(() -> new NotFoundException("no such part of a directory")));
    }

    @GET
    @Path("/ring")
    @Operation(operationId = "indexRing", summary = "The sealed ring of search keys; 404 while there is none")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Bytes.class)))
    public Bytes ring(@PathParam("id") String id, @Context HttpServletRequest http) {
        return new Bytes(index().ring(Callers.of(http), GroupId.parse(id))
                .orElseThrow(() -> new NotFoundException("no ring yet")));
    }

    /** Shape of a part of a log, for the document only. */
    interface LogItems {
        java.util.List<Octets> getItems();
    }

    static Octets segment(String hex) {
        Octets segment = Octets.ofHex(hex);
        if (segment.size() != 16) {
            throw new RejectedException(ErrorCode.MALFORMED, "a segment's identifier has 16 octets");
        }
        return segment;
    }

    private SearchIndex index() {
        return Present.require(index, "the search index");
    }
}
