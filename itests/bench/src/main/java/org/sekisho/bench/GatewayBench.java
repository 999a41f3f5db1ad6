// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.sekisho.api.Octets;
import org.sekisho.blackbox.GatewayProcess;
import org.sekisho.blackbox.Person;
import org.sekisho.blackbox.Ports;
import org.sekisho.blackbox.StatusProbe;
import org.sekisho.client.Group;
import org.sekisho.client.GroupPolicy;
import org.sekisho.client.SekishoAdmin;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.TlsContexts;

/**
 * Through the real distribution, five members, mutual TLS, embedded Derby: how long a message takes to be acknowledged and how
 * many pass, against an empty CXF endpoint on the same container; and how long a swap of the scheme's bundle takes.
 */
final class GatewayBench implements Benchmark {

    private static final String TEXT =
            "A message of about one hundred octets, as people write them: come at nine, gate four.";
    private static final int MESSAGES = 300;

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public List<Figure> run() throws Exception {
        Path home = Files.createTempDirectory("sekisho-bench");
        List<Person> people = new ArrayList<>();
        try (GatewayProcess gateway = GatewayProcess.unpack(
                Path.of(System.getProperty("sekisho.distribution")), home.resolve("gateway"), Ports.free())) {
            gateway.start();
            double ready = gateway.awaitReady(Duration.ofSeconds(120)).toMillis();
            try (SekishoAdmin admin =
                    SekishoAdmin.connect(gateway.root(), gateway.authority(), "admin", gateway.adminSecret())) {
                for (int i = 0; i < 5; i++) {
                    people.add(Person.enrol(gateway, admin, home.resolve("people"), "member" + i));
                }
            }
            Group group = people.get(0).sekisho().createGroup(GroupPolicy.withDefaults("bench"));
            for (Person person : people.subList(1, people.size())) {
                group.invite(person.leaf());
                group.awaitMember(person.leaf());
            }
            List<Figure> figures = new ArrayList<>();
            figures.add(new Figure("gateway.start_to_ready", ready, "ms", "the target of 8,000 ms", ready / 8000));
            figures.addAll(messages(gateway, group));
            figures.add(swap(gateway, group));
            return figures;
        } finally {
            people.forEach(Person::close);
        }
    }

    private static List<Figure> messages(GatewayProcess gateway, Group group) throws Exception {
        HttpClient http = HttpClient.newBuilder()
                .sslContext(TlsContexts.of(
                        Optional.empty(),
                        Certificates.parseAll(Octets.of(Files.readAllBytes(gateway.authority()))),
                        new SystemEntropy()))
                .build();
        String basic = Base64.getEncoder()
                .encodeToString(("admin:" + new String(gateway.adminSecret())).getBytes(StandardCharsets.UTF_8));
        Path echo = EchoBundle.write(gateway.home().resolve("echo.jar"));
        gateway.console("bundle:install -s " + echo.toUri());
        HttpRequest empty = HttpRequest.newBuilder(URI.create(gateway.root() + "/api/bench/echo"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(TEXT))
                .build();
        for (int i = 0;
                i < 100
                        && http.send(empty, HttpResponse.BodyHandlers.discarding())
                                        .statusCode()
                                != 200;
                i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        double[] sends = new double[MESSAGES];
        double[] calls = new double[MESSAGES];
        for (int i = -50; i < MESSAGES; i++) {
            long begin = System.nanoTime();
            group.send(TEXT);
            long sent = System.nanoTime();
            if (http.send(empty, HttpResponse.BodyHandlers.ofString()).statusCode() != 200) {
                throw new IllegalStateException("the baseline does not answer");
            }
            if (i >= 0) {
                sends[i] = (sent - begin) / 1e6;
                calls[i] = (System.nanoTime() - sent) / 1e6;
            }
        }
        String against = "an empty CXF echo on the same container";
        double perSecond = MESSAGES / (Arrays.stream(sends).sum() / 1e3);
        double baseline = MESSAGES / (Arrays.stream(calls).sum() / 1e3);
        return List.of(
                figure("message.send.p50", sends, 0.5, against, calls),
                figure("message.send.p99", sends, 0.99, against, calls),
                new Figure("message.send.rate_one_sender", perSecond, "1/s", against, perSecond / baseline));
    }

    private static Figure figure(String name, double[] values, double quantile, String against, double[] baseline) {
        double value = quantile(values, quantile);
        return new Figure(name, value, "ms", against, value / quantile(baseline, quantile));
    }

    private static double quantile(double[] values, double q) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.round(q * sorted.length))];
    }

    private static Figure swap(GatewayProcess gateway, Group group) throws Exception {
        try (StatusProbe probe = new StatusProbe(gateway, "/group-management/groups/" + group.id())) {
            for (int i = 0; i < 5; i++) {
                gateway.console("bundle:update org.sekisho.groupmanagement");
                TimeUnit.SECONDS.sleep(1);
            }
            if (probe.failed() > 0) {
                throw new IllegalStateException("requests failed during a swap: " + probe.failure());
            }
            return new Figure("swap.longest_gap", probe.gapMillis(), "ms", "requests answered neither 200 nor 503", 0);
        }
    }
}
