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
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.messagestore.Deposit;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.api.messagestore.MessageStore;
import org.sekisho.api.messagestore.StoredMessage;

/** {@link MessageStore} over HTTP. */
@Component(service = MessageStoreResource.class, property = "sekisho.rest.address=/v1")
@Path("/message-store/groups/{id}/messages")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "MessageStore", description = "sealed messages whose headers follow the epochs")
public final class MessageStoreResource {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile MessageStore store;

    /** Sealed chunks of a message. */
    record Chunks(java.util.List<Octets> items) {}

    @POST
    @SealedBody
    @Operation(operationId = "deposit", summary = "Stores a message; the same again is answered with what is there")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = StoredMessage.class)))
    public Response deposit(
            @PathParam("id") String id, Deposit deposit, @Context HttpServletRequest http, @Context UriInfo uri) {
        StoredMessage stored = store().deposit(Callers.of(http), GroupId.parse(id), deposit);
        return Response.created(uri.getAbsolutePathBuilder()
                        .path(stored.message().toString())
                        .build())
                .entity(stored)
                .build();
    }

    @PUT
    @Path("/{message}/chunks/{index}")
    @SealedBody
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(operationId = "uploadChunk", summary = "A sealed chunk of a message to be deposited within 24 hours")
    @ApiResponse(responseCode = "204")
    public Response upload(
            @PathParam("id") String id,
            @PathParam("message") String message,
            @PathParam("index") String index,
            @QueryParam("last") @DefaultValue("false") boolean last,
            byte[] chunk,
            @Context HttpServletRequest http) {
        store().upload(
                        Callers.of(http),
                        GroupId.parse(id),
                        MessageId.parse(message),
                        Query.count(index),
                        last,
                        Octets.of(chunk));
        return Response.noContent().build();
    }

    @GET
    @Operation(operationId = "storedMessages", summary = "Messages in the order of their deposit, headers for an epoch")
    public Page<StoredMessage> list(
            @PathParam("id") String id,
            @QueryParam("epoch") String epoch,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue(Query.LIMIT) String limit,
            @Context HttpServletRequest http) {
        return store().list(
                        Callers.of(http),
                        GroupId.parse(id),
                        Query.required(epoch),
                        Query.cursor(cursor),
                        Query.limit(limit));
    }

    @GET
    @Path("/{message}")
    @Operation(operationId = "storedMessage", summary = "One message, its header for an epoch")
    public StoredMessage message(
            @PathParam("id") String id,
            @PathParam("message") String message,
            @QueryParam("epoch") String epoch,
            @Context HttpServletRequest http) {
        return store().message(Callers.of(http), GroupId.parse(id), MessageId.parse(message), Query.required(epoch));
    }

    @GET
    @Path("/{message}/chunks")
    @Operation(operationId = "storedChunks", summary = "Sealed chunks, at most 1 MiB of them and at least one")
    public Chunks chunks(
            @PathParam("id") String id,
            @PathParam("message") String message,
            @QueryParam("first") @DefaultValue(Query.FIRST) String first,
            @QueryParam("count") @DefaultValue("16") String count,
            @Context HttpServletRequest http) {
        return new Chunks(store().chunks(
                        Callers.of(http),
                        GroupId.parse(id),
                        MessageId.parse(message),
                        Query.count(first),
                        Query.count(count)));
    }

    @DELETE
    @Path("/{message}")
    @Operation(operationId = "deleteMessage", summary = "Deletes a message; a tombstone remains")
    public StoredMessage delete(
            @PathParam("id") String id, @PathParam("message") String message, @Context HttpServletRequest http) {
        return store().delete(Callers.of(http), GroupId.parse(id), MessageId.parse(message));
    }

    private MessageStore store() {
        return Present.require(store, "the message store");
    }
}
