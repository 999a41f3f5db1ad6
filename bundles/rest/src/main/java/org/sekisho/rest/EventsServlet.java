// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sekisho.api.Caller;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.RefusalCounter;
import org.sekisho.api.SekishoException;
import org.sekisho.api.directory.RevocationListener;
import org.sekisho.api.groups.Groups;
import org.sekisho.api.groups.Mailbox;
import org.sekisho.api.messagestore.MessageStore;
import org.sekisho.api.messagestore.ReEncryption;

/**
 * Logs as server-sent events: {@code /events/groups/{id}} and {@code /events/mailbox}, from {@code Last-Event-ID} or
 * {@code ?after=} on. A reader that was cut off continues with the last id it has seen and misses nothing. {@code
 * /events/message-store/groups/{id}} tells jobs as they move on, without ids: each begins with how they are.
 *
 * <p>No thread is held per reader, neither while there is no news nor while a reader is slow. A stream ends at once when its
 * reader is revoked, or removed from the group.
 */
@Component(
        service = {Servlet.class, RevocationListener.class},
        configurationPid = "org.sekisho.rest",
        property = {
            "osgi.http.whiteboard.servlet.name=sekisho-events",
            "osgi.http.whiteboard.servlet.pattern=/api/v1/events/*",
            "osgi.http.whiteboard.servlet.asyncSupported:Boolean=true",
            "osgi.http.whiteboard.target=(org.apache.felix.http.name=api)"
        })
public final class EventsServlet extends HttpServlet implements RevocationListener {

    private static final long serialVersionUID = 1L;
    private static final String GROUPS = "/groups/";
    private static final String JOBS = "/message-store/groups/";

    private final transient RestConfig config;
    private final transient Places places;
    private final transient Workers workers = new Workers("sekisho-rest-events");
    private final transient Set<EventStream> streams = ConcurrentHashMap.newKeySet();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable transient volatile Groups groups;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable transient volatile Mailbox mailbox;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable transient volatile MessageStore store;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable transient volatile ReEncryption reEncryption;

    @Activate
    public EventsServlet(RestConfig config) {
        this.config = config;
        this.places = new Places(config.streams(), config.streams_per_caller());
        workers.every(Duration.ofSeconds(config.heartbeat_seconds()), () -> streams.forEach(EventStream::beat));
    }

    @Deactivate
    void close() {
        streams.forEach(EventStream::end);
        workers.close();
    }

    @Override
    public void revoked(LeafId leaf) {
        streams.stream().filter(stream -> stream.isOf(leaf)).forEach(EventStream::revoked);
    }

    /** Open streams. */
    int open() {
        return places.taken();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        EventStream.Source source;
        long after;
        Places.Place place;
        Caller caller;
        try {
            caller = Callers.of(request);
            source = source(request.getPathInfo(), caller);
            after = after(request);
            // what may not be read is refused before the stream begins
            source.check(after);
            place = places.take(caller);
        } catch (SekishoException e) {
            request.setAttribute(RefusalCounter.REQUEST_ATTRIBUTE, e.code());
            refuse(response, e);
            return;
        }
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("X-Accel-Buffering", "no");
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        EventStream stream = new EventStream(async, caller, source, after, workers, config);
        streams.add(stream);
        stream.begin(() -> {
            streams.remove(stream);
            place.leave();
        });
    }

    private EventStream.Source source(@Nullable String path, Caller caller) {
        if ("/mailbox".equals(path)) {
            Mailbox service = Present.require(mailbox, "the mailbox service");
            return EventStream.Source.of((n, limit) -> service.read(caller, n, limit), w -> service.watch(caller, w));
        }
        if (path != null && path.startsWith(GROUPS)) {
            GroupId group = GroupId.parse(path.substring(GROUPS.length()));
            Groups service = Present.require(groups, "the groups service");
            return EventStream.Source.of(
                    (n, limit) -> service.read(caller, group, n, limit), w -> service.watch(caller, group, w));
        }
        if (path != null && path.startsWith(JOBS)) {
            return new JobNews(
                    caller,
                    GroupId.parse(path.substring(JOBS.length())),
                    Present.require(store, "the message store"),
                    Present.require(reEncryption, "the message store"));
        }
        throw new NotFoundException("no such stream");
    }

    private static long after(HttpServletRequest request) {
        String last = request.getHeader("Last-Event-ID");
        String asked = last != null ? last : request.getParameter("after");
        return Query.position(asked == null ? Query.FIRST : asked);
    }

    private static void refuse(HttpServletResponse response, SekishoException error) throws IOException {
        Problem problem = Problem.of(error);
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        problem.retryAfter().ifPresent(seconds -> response.setHeader("Retry-After", Long.toString(seconds)));
        if (error.code() == ErrorCode.UNAUTHENTICATED) {
            response.setHeader("WWW-Authenticate", Problem.CHALLENGE);
        }
        response.getOutputStream().write(Json.MAPPER.writeValueAsBytes(problem));
    }
}
