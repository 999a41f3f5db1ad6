// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.directory.EnrolmentToken;
import org.sekisho.api.store.RowStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Honours Idempotency-Key on POST: a request that comes again gets the answer of the first. Kept are answers of
 * success; after a declared error the key is free again, because nothing happened; after an undeclared one it stays
 * taken, because something may have.
 */
@Component(
        service = RepeatedRequests.class,
        configurationPid = "org.sekisho.rest",
        property = "sekisho.rest.provider:Boolean=true")
@Provider
@Priority(BodyLimit.PRIORITY + 1)
public final class RepeatedRequests implements ContainerRequestFilter, ContainerResponseFilter {

    static final String HEADER = "Idempotency-Key";

    private static final Logger LOG = LoggerFactory.getLogger(RepeatedRequests.class);
    private static final String TAKEN = RepeatedRequests.class.getName();
    private static final Duration SWEEP = Duration.ofHours(1);

    private final Replies replies;
    private final Optional<Workers> sweeper;

    @Context
    private HttpServletRequest http;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile RowStore rows;

    @Activate
    public RepeatedRequests(RestConfig config) {
        Workers workers = new Workers("sekisho-rest-replies");
        replies = new Replies(config, () -> rows, Clock.systemUTC());
        sweeper = Optional.of(workers);
        workers.every(SWEEP, this::sweep);
    }

    RepeatedRequests(Replies replies) {
        this.replies = replies;
        this.sweeper = Optional.empty();
    }

    @Deactivate
    void close() {
        sweeper.ifPresent(Workers::close);
    }

    private void sweep() {
        try {
            replies.sweep();
        } catch (SekishoException e) {
            LOG.debug("kept answers are swept next time", e);
        }
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        String key = request.getHeaderString(HEADER);
        if (key == null || !request.getMethod().equals("POST")) {
            return;
        }
        Replies.Taken taken = replies.bind(Callers.of(http), key, fingerprint(request));
        Optional<Replies.Reply> earlier = replies.take(taken);
        if (earlier.isPresent()) {
            request.abortWith(again(earlier.get()));
        } else {
            request.setProperty(TAKEN, taken);
        }
    }

    private static Octets fingerprint(ContainerRequestContext request) throws IOException {
        byte[] body = request.getEntityStream() == null
                ? new byte[0]
                : request.getEntityStream().readAllBytes();
        request.setEntityStream(new ByteArrayInputStream(body));
        String line =
                request.getMethod() + " " + request.getUriInfo().getRequestUri().getRawPath() + "\n";
        return EntityTags.digest(line.getBytes(StandardCharsets.UTF_8), body);
    }

    private static Response again(Replies.Reply reply) {
        Response.ResponseBuilder answer = Response.status(reply.status()).header("Idempotency-Replayed", "true");
        reply.location().ifPresent(location -> answer.header("Location", location));
        reply.mediaType().ifPresent(answer::type);
        reply.body().filter(body -> !body.isEmpty()).ifPresent(body -> answer.entity(body.toByteArray()));
        return answer.build();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) throws IOException {
        if (!(request.getProperty(TAKEN) instanceof Replies.Taken taken)) {
            return;
        }
        request.removeProperty(TAKEN);
        try {
            if (response.getStatusInfo().getFamily() == Response.Status.Family.SUCCESSFUL) {
                replies.keep(taken, reply(taken, response));
            } else if (response.getStatus() != ErrorCode.INTERNAL.httpStatus()) {
                replies.release(taken);
            }
        } catch (SekishoException e) {
            // the work is done and durable; a repetition will be told that its outcome is unknown
            LOG.warn("an answer could not be kept: {}", e.code());
        }
    }

    private Replies.Reply reply(Replies.Taken taken, ContainerResponseContext response) throws IOException {
        Object entity = response.getEntity();
        Optional<Octets> body;
        if (entity == null) {
            body = Optional.of(Octets.EMPTY);
        } else if (entity instanceof EnrolmentToken) {
            body = Optional.empty();
        } else {
            body = Optional.of(Octets.of(Json.MAPPER.writeValueAsBytes(entity)));
        }
        return new Replies.Reply(
                taken.request(),
                replies.now(),
                response.getStatus(),
                Optional.ofNullable(response.getHeaderString("Location")),
                Optional.of(MediaType.APPLICATION_JSON),
                body);
    }
}
