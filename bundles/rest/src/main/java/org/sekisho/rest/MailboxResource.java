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
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sekisho.api.Caller;
import org.sekisho.api.LeafId;
import org.sekisho.api.groups.Mailbox;
import org.sekisho.api.groups.Receipt;

/** {@link Mailbox} over HTTP: {@code /mailboxes/{leaf}} to send to, {@code /mailbox} for one's own. */
@Component(service = MailboxResource.class, property = "sekisho.rest.address=/v1")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Mailbox", description = "store and forward between participants")
public final class MailboxResource {

    private final LongPoll longPoll;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile Mailbox mailbox;

    @Activate
    public MailboxResource(@Reference LongPoll longPoll) {
        this.longPoll = longPoll;
    }

    @POST
    @Path("/mailboxes/{leaf}")
    @SealedBody
    @Operation(operationId = "send", summary = "Leaves a signed envelope for a participant")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Receipt.class)))
    public Response send(
            @PathParam("leaf") String leaf, SealedBody.EnvelopeBody body, @Context HttpServletRequest http) {
        return Receipts.created(mailbox().send(Callers.of(http), LeafId.parse(leaf), body.envelope()));
    }

    @GET
    @Path("/mailbox")
    @Operation(operationId = "readMailbox", summary = "The caller's own mailbox; waits up to 30 s when it is empty")
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = GroupsResource.LogItems.class)))
    public void read(
            @QueryParam("after") @DefaultValue(Query.FIRST) String after,
            @QueryParam("limit") @DefaultValue(Query.LIMIT) String limit,
            @QueryParam("wait") @DefaultValue(Query.FIRST) String wait,
            @Context HttpServletRequest http,
            @Suspended AsyncResponse response) {
        Mailbox service = mailbox();
        Caller caller = Callers.of(http);
        long from = Query.position(after);
        int most = Query.limit(limit);
        longPoll.answer(
                response,
                caller,
                Query.wait(wait),
                () -> service.read(caller, from, most),
                news -> service.watch(caller, news));
    }

    @DELETE
    @Path("/mailbox")
    @Operation(operationId = "acknowledge", summary = "Forgets entries up to a position")
    @ApiResponse(responseCode = "204")
    public void acknowledge(@QueryParam("through") @DefaultValue("") String through, @Context HttpServletRequest http) {
        mailbox().acknowledge(Callers.of(http), Query.position(through));
    }

    private Mailbox mailbox() {
        return Present.require(mailbox, "the mailbox service");
    }
}
