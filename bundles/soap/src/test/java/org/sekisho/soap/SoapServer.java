// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.sekisho.api.Caller;
import org.sekisho.api.Role;
import org.sekisho.api.fake.FakeGateway;
import org.sekisho.api.fake.FakeStore;
import org.sekisho.api.fake.Samples;
import org.sekisho.httpruntime.SoapRuntime;

/** The endpoints on the real runtime and a real server, in front of a fake gateway; callers by {@code X-Caller}. */
final class SoapServer implements AutoCloseable {

    static final String SOAP11 = "http://schemas.xmlsoap.org/soap/envelope/";
    static final String SOAP12 = "http://www.w3.org/2003/05/soap-envelope";

    final FakeGateway gateway = new FakeGateway();
    final DirectorySoap11 directory11 = new DirectorySoap11();
    private final HttpClient http = HttpClient.newHttpClient();
    final SoapRuntime runtime = new SoapRuntime();
    private final Server jetty = new Server();
    private final ServerConnector connector = new ServerConnector(jetty);

    SoapServer() throws Exception {
        DirectorySoap12 directory12 = new DirectorySoap12();
        for (DirectoryEndpoint endpoint : new DirectoryEndpoint[] {directory11, directory12}) {
            endpoint.directory = gateway;
        }
        GroupsSoap11 groups11 = new GroupsSoap11();
        GroupsSoap12 groups12 = new GroupsSoap12();
        for (GroupsEndpoint endpoint : new GroupsEndpoint[] {groups11, groups12}) {
            endpoint.groups = gateway;
            endpoint.history = gateway;
            endpoint.switches = gateway;
            endpoint.mailbox = gateway;
        }
        GroupManagementSoap11 management11 = new GroupManagementSoap11();
        GroupManagementSoap12 management12 = new GroupManagementSoap12();
        management11.management = gateway;
        management12.management = gateway;
        AuditSoap11 audit11 = new AuditSoap11();
        AuditSoap12 audit12 = new AuditSoap12();
        audit11.audit = gateway;
        audit12.audit = gateway;
        SearchIndexSoap11 index11 = new SearchIndexSoap11();
        SearchIndexSoap12 index12 = new SearchIndexSoap12();
        for (SearchIndexEndpoint index : new SearchIndexEndpoint[] {index11, index12}) {
            index.index = gateway;
            index.writing = gateway;
        }
        publish("search-index", index11, index12);
        publish("directory", directory11, directory12);
        publish("groups", groups11, groups12);
        publish("group-management", management11, management12);
        publish("audit", audit11, audit12);
        MessageStoreSoap11 store11 = new MessageStoreSoap11();
        MessageStoreSoap12 store12 = new MessageStoreSoap12();
        for (MessageStoreEndpoint endpoint : new MessageStoreEndpoint[] {store11, store12}) {
            FakeStore store = new FakeStore(gateway);
            endpoint.store = store;
            endpoint.reEncryption = store;
        }
        publish("message-store", store11, store12);

        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/");
        context.addFilter(
                new FilterHolder((request, response, chain) -> {
                    String header = ((jakarta.servlet.http.HttpServletRequest) request).getHeader("X-Caller");
                    if (header != null) {
                        request.setAttribute(Caller.REQUEST_ATTRIBUTE, caller(header));
                    }
                    chain.doFilter(request, response);
                }),
                "/*",
                EnumSet.of(DispatcherType.REQUEST));
        ServletHolder holder = new ServletHolder(runtime.servlet());
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/soap/*");
        jetty.setHandler(context);
        jetty.addConnector(connector);
        jetty.start();
        long begun = System.nanoTime();
        while (!get("/groups12?wsdl").body().contains("definitions")
                && System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(60)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private void publish(String name, Object soap11, Object soap12) {
        runtime.publish("/v1/" + name, soap11);
        runtime.publish("/v1/" + name + "12", soap12);
    }

    private static Caller caller(String header) {
        Set<Role> roles = Arrays.stream(header.split(",")).map(Role::valueOf).collect(Collectors.toSet());
        boolean person = roles.stream().anyMatch(EnumSet.of(Role.PARTICIPANT, Role.MEMBER, Role.OWNER)::contains);
        return new Caller("test " + roles, person ? Optional.of(Samples.LEAF) : Optional.empty(), roles);
    }

    HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/soap/v1" + path);
    }

    /** Calls an operation with SOAP 1.1; {@code parts} is the content of its element. */
    HttpResponse<String> call11(String service, String operation, String parts, Role... roles) throws Exception {
        return raw("/" + service, "text/xml", envelope(SOAP11, service, operation, parts), roles);
    }

    HttpResponse<String> call12(String service, String operation, String parts, Role... roles) throws Exception {
        return raw("/" + service + "12", "application/soap+xml", envelope(SOAP12, service, operation, parts), roles);
    }

    static String envelope(String soap, String service, String operation, String parts) {
        return "<s:Envelope xmlns:s=\"" + soap + "\"><s:Body><" + operation + " xmlns=\"urn:sekisho:" + service
                + ":v1\">" + parts + "</" + operation + "></s:Body></s:Envelope>";
    }

    HttpResponse<String> raw(String path, String type, String body, Role... roles) throws Exception {
        return send(path, type, body, true, roles);
    }

    /** {@code announced}: the length of the body stands in the header, otherwise it comes in chunks. */
    HttpResponse<String> send(String path, String type, String body, boolean announced, Role... roles)
            throws Exception {
        HttpRequest.BodyPublisher whole = HttpRequest.BodyPublishers.ofString(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", type + ";charset=UTF-8")
                .POST(announced ? whole : HttpRequest.BodyPublishers.fromPublisher(whole));
        if (roles.length > 0) {
            request.header("X-Caller", Arrays.stream(roles).map(Role::name).collect(Collectors.joining(",")));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static void assertFault(HttpResponse<String> answer, String whose, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isGreaterThanOrEqualTo(400);
        assertThat(answer.body()).containsPattern("[:>]" + whose + "<").containsPattern("code>" + code + "</");
        assertThat(answer.body()).containsPattern("correlationId>[0-9a-f-]{36}</");
    }

    @Override
    public void close() throws Exception {
        jetty.stop();
        runtime.close();
    }
}
