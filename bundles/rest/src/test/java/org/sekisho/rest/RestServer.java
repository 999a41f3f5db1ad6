// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.cxf.Bus;
import org.apache.cxf.bus.CXFBusFactory;
import org.apache.cxf.jaxrs.JAXRSServerFactoryBean;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.sekisho.api.Caller;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.RefusalCounter;
import org.sekisho.api.Role;
import org.sekisho.api.fake.FakeGateway;
import org.sekisho.api.fake.FakeStore;
import org.sekisho.api.fake.MemoryRows;
import org.sekisho.api.fake.Samples;

/**
 * The endpoints on a real server, on any free port, in front of a fake gateway. Who calls is what the header
 * {@code X-Caller} says: roles, comma-separated; without it, nobody has been authenticated at all.
 */
final class RestServer implements AutoCloseable {

    final FakeGateway gateway = new FakeGateway();
    final FakeStore messageStore = new FakeStore(gateway);
    final List<ErrorCode> refused = new CopyOnWriteArrayList<>();
    final MemoryRows rows = new MemoryRows();
    final HttpClient http = HttpClient.newHttpClient();
    final DirectoryResource directory = new DirectoryResource();
    final LongPoll longPoll;
    final EventsServlet events;
    private final Server jetty = new Server();
    private final ServerConnector connector = new ServerConnector(jetty);

    RestServer() throws Exception {
        this(Map.of());
    }

    RestServer(Map<String, Object> settings) throws Exception {
        RestConfig config = config(settings);
        longPoll = new LongPoll(config);
        GroupsResource groups = new GroupsResource(longPoll);
        GroupHistoryResource history = new GroupHistoryResource();
        SchemeSwitchesResource switches = new SchemeSwitchesResource();
        switches.switches = gateway;
        SchemesResource schemes = new SchemesResource();
        schemes.history = gateway;
        MailboxResource mailbox = new MailboxResource(longPoll);
        GroupManagementResource management = new GroupManagementResource();
        AuditResource audit = new AuditResource();
        directory.directory = gateway;
        groups.groups = gateway;
        history.history = gateway;
        mailbox.mailbox = gateway;
        management.management = gateway;
        audit.audit = gateway;
        SearchIndexResource searchIndex = new SearchIndexResource();
        searchIndex.index = gateway;
        IndexWritingResource indexWriting = new IndexWritingResource();
        indexWriting.writing = gateway;
        MessageStoreResource store = new MessageStoreResource();
        ReEncryptionResource reEncryption = new ReEncryptionResource();
        store.store = messageStore;
        reEncryption.reEncryption = messageStore;
        events = new EventsServlet(config);
        events.groups = gateway;
        events.mailbox = gateway;
        events.store = messageStore;
        events.reEncryption = messageStore;
        RepeatedRequests repeats = new RepeatedRequests(new Replies(config, () -> rows, Clock.systemUTC()));

        Bus bus = new CXFBusFactory().createBus();
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/");
        context.addFilter(new FilterHolder(callerFromHeader()), "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(async(new CXFNonSpringServlet(null, bus)), "/api/*");
        context.addServlet(async(events), "/api/v1/events/*");
        jetty.setHandler(context);
        jetty.addConnector(connector);
        jetty.start();

        JAXRSServerFactoryBean factory = new JAXRSServerFactoryBean();
        factory.setBus(bus);
        factory.setAddress("/v1");
        factory.setServiceBeanObjects(
                directory,
                groups,
                history,
                switches,
                schemes,
                mailbox,
                management,
                audit,
                store,
                reEncryption,
                searchIndex,
                indexWriting,
                new OpenApiResource());
        factory.setProviders(List.of(
                new JsonProvider(),
                new BodyLimit(config),
                new RefusalNote(),
                repeats,
                new DeclaredErrorMapper(),
                new JsonErrorMapper(),
                new HttpErrorMapper(),
                new UndeclaredErrorMapper()));
        factory.setProperties(Map.of("default.wae.mapper.least.specific", true));
        factory.create();
    }

    private static ServletHolder async(Servlet servlet) {
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        return holder;
    }

    private Filter callerFromHeader() {
        return (request, response, chain) -> {
            String header = ((jakarta.servlet.http.HttpServletRequest) request).getHeader("X-Caller");
            if (header != null) {
                Set<Role> roles =
                        Arrays.stream(header.split(",")).map(Role::valueOf).collect(Collectors.toSet());
                request.setAttribute(Caller.REQUEST_ATTRIBUTE, caller(roles));
            }
            chain.doFilter(request, response);
            if (request.getAttribute(RefusalCounter.REQUEST_ATTRIBUTE) instanceof ErrorCode code) {
                refused.add(code);
            }
        };
    }

    static Caller caller(Set<Role> roles) {
        boolean person = roles.stream().anyMatch(EnumSet.of(Role.PARTICIPANT, Role.MEMBER, Role.OWNER)::contains);
        return new Caller("test " + roles, person ? Optional.of(Samples.LEAF) : Optional.empty(), roles);
    }

    /** Defaults of a config annotation, but for what {@code settings} says. */
    static RestConfig config(Map<String, Object> settings) {
        return (RestConfig) Proxy.newProxyInstance(
                RestConfig.class.getClassLoader(),
                new Class<?>[] {RestConfig.class, Annotation.class},
                (proxy, method, args) -> settings.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    HttpRequest.Builder request(String path, Role... roles) {
        List<String> names = new ArrayList<>();
        for (Role role : roles) {
            names.add(role.name());
        }
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/api/v1" + path))
                .header("X-Caller", String.join(",", names));
    }

    int port() {
        return connector.getLocalPort();
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path, Role... roles) throws IOException, InterruptedException {
        return send(request(path, roles).GET());
    }

    HttpResponse<String> json(String method, String path, String body, Role... roles)
            throws IOException, InterruptedException {
        return send(request(path, roles)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json"));
    }

    @Override
    public void close() throws Exception {
        longPoll.close();
        events.close();
        jetty.stop();
    }
}
