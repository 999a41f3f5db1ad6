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
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.messagestore.CohortView;
import org.sekisho.api.messagestore.JobView;
import org.sekisho.api.messagestore.KeptStatement;
import org.sekisho.api.messagestore.ReEncryption;
import org.sekisho.api.messagestore.StoreView;

/** {@link ReEncryption} over HTTP. */
@Component(service = ReEncryptionResource.class, property = "sekisho.rest.address=/v1")
@Path("/message-store")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "MessageStore", description = "sealed messages whose headers follow the epochs")
public final class ReEncryptionResource {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile ReEncryption reEncryption;

    /** Body of a request that brings a token. */
    record TokenBody(Octets statement, Octets token) {

        /** Without the token. */
        @Override
        public String toString() {
            return "TokenBody";
        }
    }

    /** Body of a request that brings another statement. */
    record StatementBody(Octets statement) {}

    /** Cohorts of a group. */
    record Cohorts(List<CohortView> items) {}

    /** Statements for their reader. */
    record Statements(List<KeptStatement> items) {}

    @POST
    @Path("/groups/{id}/tokens")
    @Operation(operationId = "submitToken", summary = "A token, with what its sender signed of it")
    public CohortView submit(@PathParam("id") String id, TokenBody body, @Context HttpServletRequest http) {
        return store().submit(
                        Callers.of(http),
                        GroupId.parse(id),
                        body.statement(),
                        SecretBytes.take(body.token().toByteArray()));
    }

    @POST
    @Path("/groups/{id}/statements")
    @Operation(operationId = "stateOnStore", summary = "What a member says: points, that something opens, grants")
    @ApiResponse(responseCode = "204")
    public Response state(@PathParam("id") String id, StatementBody body, @Context HttpServletRequest http) {
        store().state(Callers.of(http), GroupId.parse(id), body.statement());
        return Response.noContent().build();
    }

    @GET
    @Path("/groups/{id}/statements")
    @Operation(operationId = "statementsOnStore", summary = "Grants for the caller, and what was seen last of who left")
    public Statements statements(
            @PathParam("id") String id,
            @QueryParam("after") @DefaultValue(Query.FIRST) String after,
            @QueryParam("limit") @DefaultValue(Query.LIMIT) String limit,
            @Context HttpServletRequest http) {
        return new Statements(
                store().statements(Callers.of(http), GroupId.parse(id), Query.position(after), Query.limit(limit)));
    }

    @GET
    @Path("/groups/{id}/cohorts")
    @Operation(operationId = "cohorts", summary = "Where the headers of each cohort are, and what is missing")
    public Cohorts cohorts(@PathParam("id") String id, @Context HttpServletRequest http) {
        return new Cohorts(store().cohorts(Callers.of(http), GroupId.parse(id)));
    }

    @GET
    @Path("/groups/{id}")
    @Operation(operationId = "storeStatus", summary = "A group's store at a glance")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = StoreView.class)))
    public StoreView status(@PathParam("id") String id, @Context HttpServletRequest http) {
        return store().status(Callers.of(http), GroupId.parse(id));
    }

    @GET
    @Path("/jobs")
    @Operation(operationId = "storeJobs", summary = "Jobs of a group, newest first; of all groups for operators")
    public Page<JobView> jobs(
            @QueryParam("group") @Nullable String group,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue(Query.LIMIT) String limit,
            @Context HttpServletRequest http) {
        return store().jobs(
                        Callers.of(http),
                        Optional.ofNullable(group).map(GroupId::parse),
                        Query.cursor(cursor),
                        Query.limit(limit));
    }

    private ReEncryption store() {
        return Present.require(reEncryption, "the message store");
    }
}
