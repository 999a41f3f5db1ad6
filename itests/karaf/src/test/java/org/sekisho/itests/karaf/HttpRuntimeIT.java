// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.environment;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.features;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Hashtable;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** What the plumbing promises to every endpoint behind it, seen through two endpoints of this test. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class HttpRuntimeIT {
    private static final String SECRET = "a message that must not leave the gateway";
    private static final String ENVELOPE =
            "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>%s</s:Body></s:Envelope>";

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private ServiceRegistration<?> rest;
    private ServiceRegistration<?> soap;

    @Inject
    private BundleContext context;

    @Inject
    private BootFinished boot;

    @Configuration
    public Option[] container() {
        int port = Container.freePort();
        int admin = Container.freePort();
        String listener = "etc/org.apache.felix.http-api.cfg";
        return StockKaraf.with(
                environment("SEKISHO_ADMIN_PORT=" + admin),
                editConfigurationFilePut("etc/system.properties", "sekisho.test.admin", Integer.toString(admin)),
                editConfigurationFilePut(listener, "org.apache.felix.http.name", "api"),
                editConfigurationFilePut(listener, "org.apache.felix.http.host", "127.0.0.1"),
                editConfigurationFilePut(listener, "org.osgi.service.http.port", Integer.toString(port)),
                editConfigurationFilePut("etc/system.properties", "sekisho.test.port", Integer.toString(port)),
                features(
                        "mvn:org.sekisho/sekisho-features/" + System.getProperty("sekisho.version") + "/xml/features",
                        "sekisho-http-runtime",
                        "sekisho-health"));
    }

    @Before
    public void publish() throws Exception {
        rest = context.registerService(
                EchoResource.class, new EchoResource(), properties("sekisho.rest.address", "/test"));
        soap = context.registerService(
                EchoService.class, new EchoService(), properties("sekisho.soap.address", "/test"));
        await("/api/test/words/ready", 200);
        await("/soap/test?wsdl", 200);
    }

    /** Until they are gone: the next test must not be answered by endpoints that are about to go. */
    @After
    public void withdraw() throws Exception {
        rest.unregister();
        soap.unregister();
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (get("/api/test/words/ready").statusCode() == 200
                || get("/soap/test?wsdl").statusCode() == 200) {
            assertThat(System.nanoTime()).as("withdrawn within 20 s").isLessThan(end);
        }
    }

    private static Hashtable<String, Object> properties(String key, Object value) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(key, value);
        return properties;
    }

    private void await(String path, int status) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        int seen = 0;
        while (System.nanoTime() < end) {
            seen = get(path).statusCode();
            if (seen == status) {
                return;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError(path + " answers " + seen + ", not " + status);
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + context.getProperty("sekisho.test.port") + path))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(to(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> call(String document) throws Exception {
        return send(to("/soap/test")
                .header("Content-Type", "text/xml; charset=utf-8")
                .POST(BodyPublishers.ofString(document))
                .build());
    }

    private static String echo(String text) {
        return String.format(ENVELOPE, "<t:echo xmlns:t=\"urn:sekisho:test\"><text>" + text + "</text></t:echo>");
    }

    @Test
    public void restAnswers() throws Exception {
        HttpResponse<String> answer = get("/api/test/words/hello");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("hello");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    public void withdrawnResourceIsAwayHonestlyAndComesBack() throws Exception {
        rest.unregister();
        await("/api/test/words/hello", 503);
        HttpResponse<String> away = get("/api/test/words/hello");
        assertThat(away.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(away.body()).contains("\"code\":\"CAPABILITY_ABSENT\"");
        assertThat(get("/api/nowhere").statusCode()).isEqualTo(404);
        rest = context.registerService(
                EchoResource.class, new EchoResource(), properties("sekisho.rest.address", "/test"));
        await("/api/test/words/hello", 200);
    }

    @Test
    public void unhandledFailureIsAProblemWithoutInternals() throws Exception {
        HttpResponse<String> answer = get("/api/test/fail");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("correlation").doesNotContain(SECRET, "Exception", "at org.");
    }

    @Test
    public void unknownPathAndMethodAreProblems() throws Exception {
        assertThat(get("/api/test/nowhere").statusCode()).isEqualTo(404);
        HttpResponse<String> answer = send(to("/api/test/words/hello").DELETE().build());
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    public void announcedOversizeIsRefusedUnread() throws Exception {
        String head = "POST /api/test/words HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: "
                + (6 * 1024 * 1024 + 1) + "\r\n\r\n";
        int port = Integer.parseInt(context.getProperty("sekisho.test.port"));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 413".length());
            assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    public void unannouncedOversizeIsRefused() throws Exception {
        HttpRequest request = to("/api/test/words")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[6 * 1024 * 1024 + 1])))
                .build();
        assertThat(send(request).statusCode()).isEqualTo(413);
    }

    @Test
    public void attachmentMayBeLarger() throws Exception {
        HttpRequest request = to("/api/test/words")
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(new byte[8 * 1024 * 1024]))
                .build();
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(Integer.toString(8 * 1024 * 1024));
    }

    @Test
    public void noPageListsTheServices() throws Exception {
        for (String path : new String[] {"/api", "/api/", "/soap", "/soap/", "/soap/services", "/api/test?_wadl"}) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.body()).as(path).doesNotContain("EchoService", "wadl", "Available");
        }
    }

    @Test
    public void soapAnswers() throws Exception {
        HttpResponse<String> answer = call(echo("hello"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains(">hello<");
    }

    @Test
    public void soapBugIsAServerFaultWithoutInternals() throws Exception {
        HttpResponse<String> answer = call(String.format(ENVELOPE, "<t:fail xmlns:t=\"urn:sekisho:test\"/>"));
        assertThat(answer.body())
                .contains("Server", "internal error, correlation")
                .doesNotContain(SECRET, "Exception", "at org.");
    }

    @Test
    public void documentTypeDeclarationIsRefused() throws Exception {
        String bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>";
        assertRefused(call(bomb + echo("&b;")), "aaaaaaaaaa");
        assertRefused(call(bomb + echo("hello")), ">hello<");
        assertRefused(call("<!DOCTYPE x SYSTEM \"file:///etc/passwd\">" + echo("hello")), ">hello<");
        assertRefused(call("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>" + echo("&a;")), ">hello<");
    }

    @Test
    public void deepAndLongXmlIsRefused() throws Exception {
        String open = "<a>".repeat(200);
        String close = "</a>".repeat(200);
        assertRefused(call(echo(open + close)), "echoResponse");
        assertRefused(call(echo("<a/>".repeat(30_000))), "echoResponse");
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            attributes.append(" a").append(i).append("=''");
        }
        assertRefused(call(echo("<a" + attributes + "/>")), "echoResponse");
    }

    @Test
    public void brokenXmlIsAClientFault() throws Exception {
        assertRefused(call(echo("hello").substring(0, 120)), "echoResponse");
        assertRefused(call("not xml"), "echoResponse");
        HttpRequest binary = to("/soap/test")
                .header("Content-Type", "text/xml")
                .POST(BodyPublishers.ofByteArray("\u0000\u0001".getBytes(StandardCharsets.UTF_16BE)))
                .build();
        assertRefused(send(binary), "echoResponse");
    }

    private static void assertRefused(HttpResponse<String> answer, String leak) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 500);
        assertThat(answer.body())
                .contains("Client")
                .doesNotContain(leak, "Exception", "wstx", "woodstox", "at org.", "root:");
    }

    @Test
    public void healthIsOnTheAdminListenerOnly() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(404);
        assertThat(health("live").statusCode()).isEqualTo(200);
        // the engine remembers a result for a moment
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        String body = health("ready").body();
        while (!body.contains("\"endpoints\":\"OK\"") && System.nanoTime() < end) {
            Thread.onSpinWait();
            body = health("ready").body();
        }
        assertThat(body).contains("\"endpoints\":\"OK\"");
    }

    private HttpResponse<String> health(String probe) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + context.getProperty("sekisho.test.admin") + "/health/" + probe);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
