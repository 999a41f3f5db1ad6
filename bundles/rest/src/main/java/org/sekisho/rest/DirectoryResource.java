// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
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
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.directory.Directory;
import org.sekisho.api.directory.Enrolment;
import org.sekisho.api.directory.EnrolmentRequest;
import org.sekisho.api.directory.EnrolmentToken;
import org.sekisho.api.directory.GatewayView;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.directory.Registering;

/** {@link Directory} over HTTP. */
@Component(service = DirectoryResource.class, property = "sekisho.rest.address=/v1")
@Path("/directory")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Directory", description = "participants, their certificates, enrolment")
public final class DirectoryResource {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile Directory directory;

    /** Who is invited, for how long. */
    record Invite(String subject, Duration lifetime) {}

    /** A registration without the leaf, which stands in the path. Everything but {@code possession} must be there. */
    static final class Register {

        @JsonProperty
        final Octets idKey;

        @JsonProperty
        final Octets hpkeKey;

        @JsonProperty
        final Octets certificate;

        @JsonProperty
        final Octets binding;

        @JsonProperty
        Optional<Octets> possession = Optional.empty();

        @JsonCreator
        Register(
                @JsonProperty("idKey") Octets idKey,
                @JsonProperty("hpkeKey") Octets hpkeKey,
                @JsonProperty("certificate") Octets certificate,
                @JsonProperty("binding") Octets binding) {
            this.idKey = idKey;
            this.hpkeKey = hpkeKey;
            this.certificate = certificate;
            this.binding = binding;
        }
    }

    @POST
    @Path("/invitations")
    @Operation(operationId = "invite", summary = "Issues a token for one enrolment; the token is shown once")
    @ApiResponse(responseCode = "201")
    public Response invite(Invite invite, @Context HttpServletRequest http) {
        EnrolmentToken token = directory().invite(Callers.of(http), invite.subject(), invite.lifetime());
        return Response.status(Response.Status.CREATED).entity(token).build();
    }

    @POST
    @Path("/enrolments")
    @Operation(operationId = "enrol", summary = "Uses a token up and issues the certificate")
    @ApiResponse(responseCode = "201")
    public Response enrol(EnrolmentRequest request, @Context HttpServletRequest http) {
        Enrolment enrolment = directory().enrol(Callers.of(http), request);
        return Response.status(Response.Status.CREATED).entity(enrolment).build();
    }

    @PUT
    @Path("/participants/{leaf}")
    @Operation(operationId = "register", summary = "Makes the caller visible to the others")
    public Participant register(@PathParam("leaf") String leaf, Register body, @Context HttpServletRequest http) {
        var registering = new Registering(
                LeafId.parse(leaf), body.idKey, body.hpkeKey, body.certificate, body.binding, body.possession);
        return directory().register(Callers.of(http), registering);
    }

    @GET
    @Path("/participants/{leaf}")
    @Operation(operationId = "participant", summary = "One participant")
    public Participant participant(@PathParam("leaf") String leaf, @Context HttpServletRequest http) {
        return directory().participant(Callers.of(http), LeafId.parse(leaf));
    }

    @GET
    @Path("/participants")
    @Operation(operationId = "participants", summary = "Participants by name")
    public Page<Participant> participants(
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue(Query.LIMIT) String limit,
            @Context HttpServletRequest http) {
        return directory().participants(Callers.of(http), Query.cursor(cursor), Query.limit(limit));
    }

    @DELETE
    @Path("/participants/{leaf}")
    @Operation(operationId = "revoke", summary = "Revokes a participant's certificate")
    @ApiResponse(responseCode = "204")
    public void revoke(
            @PathParam("leaf") String leaf,
            @QueryParam("reason") @DefaultValue("") String reason,
            @Context HttpServletRequest http) {
        directory().revoke(Callers.of(http), LeafId.parse(leaf), reason);
    }

    @GET
    @Path("/gateway")
    @Operation(operationId = "gateway", summary = "The gateway's own keys")
    public GatewayView gateway(@Context HttpServletRequest http) {
        return directory().gateway(Callers.of(http));
    }

    @GET
    @Path("/crl")
    @Produces("application/pkix-crl")
    @Operation(operationId = "revocationList", summary = "The CA's revocation list (DER)")
    public byte[] revocationList(@Context HttpServletRequest http) {
        return directory().revocationList(Callers.of(http)).toByteArray();
    }

    private Directory directory() {
        return Present.require(directory, "the directory");
    }
}
