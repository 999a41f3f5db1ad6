// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.sekisho.api.LeafId;
import org.sekisho.blackbox.GatewayProcess;
import org.sekisho.blackbox.Ports;
import org.sekisho.client.CorpusFeed;
import org.sekisho.client.Enrolment;
import org.sekisho.client.Group;
import org.sekisho.client.GroupPolicy;
import org.sekisho.client.ReceivedInvitation;
import org.sekisho.client.Sekisho;
import org.sekisho.client.SekishoAdmin;
import org.sekisho.client.SekishoOptions;
import org.sekisho.client.search.Archive;
import org.sekisho.searchindex.text.Document;

/**
 * The encrypted index through the real gateway, mutual TLS, embedded Derby, by two members' SDKs, beside Lucene on the plain texts
 * in the same container behind the same listener: {@code -Dsekisho.search.messages=N} of the IRC corpus, queries at 10,000, 50,000
 * and N. The texts are in both members' archives without having been posted. Nothing without the corpus.
 */
final class SearchGatewayBench implements Benchmark {

    private static final int MESSAGES = Integer.getInteger("sekisho.search.messages", 10_000);
    private static final int FEED = 256;
    private static final char[] PASSWORD = "bench".toCharArray();

    private final List<Figure> figures = new ArrayList<>();
    private final List<Document> fed = new ArrayList<>();
    private final List<Sekisho> sessions = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private final ExecutorService writers = Executors.newFixedThreadPool(2);
    private long postings;
    private long indexing;
    private long indexingLucene;
    private long compacting;
    private int printed;

    @Override
    public String name() {
        return "search-gateway";
    }

    @Override
    public List<Figure> run() throws Exception {
        if (!Files.exists(Corpus.FILE)) {
            System.err.println("search-gateway: no corpus at " + Corpus.FILE + ": nothing measured");
            return List.of();
        }
        Path home = Files.createTempDirectory("sekisho-bench");
        try (GatewayProcess gateway = GatewayProcess.unpack(
                        Path.of(System.getProperty("sekisho.distribution")), home.resolve("gateway"), Ports.free());
                LuceneIndex lucene = new LuceneIndex(home.resolve("lucene"))) {
            gateway.start();
            gateway.awaitReady(Duration.ofSeconds(180));
            found(gateway, home);
            SearchRivals rivals =
                    new SearchRivals(gateway, home.resolve("member0/identity.p12"), PASSWORD, groups.get(0), lucene);
            List<Document> all = Corpus.read(MESSAGES, i -> Archive.id(i + 1L), i -> sessions.get(i / 16 % 2)
                    .leaf());
            for (int size :
                    new TreeSet<>(List.of(Math.min(10_000, all.size()), Math.min(50_000, all.size()), all.size()))) {
                feed(all.subList(fed.size(), size), lucene);
                account(lucene);
                System.err.println("search-gateway: asking at " + fed.size());
                figures.addAll(rivals.compare(fed));
                System.err.println("search-gateway: asked at " + fed.size());
                figures.subList(printed, figures.size()).forEach(f -> System.err.println(f.json()));
                printed = figures.size();
            }
        } finally {
            writers.shutdownNow();
            sessions.forEach(Sekisho::close);
        }
        return figures;
    }

    private void found(GatewayProcess gateway, Path home) throws Exception {
        try (SekishoAdmin admin =
                SekishoAdmin.connect(gateway.root(), gateway.authority(), "admin", gateway.adminSecret())) {
            for (int i = 0; i < 2; i++) {
                Path directory = Files.createDirectories(home.resolve("member" + i));
                String token =
                        admin.invite("CN=member" + i, Duration.ofHours(1)).token();
                Enrolment.at(gateway.root(), gateway.authority())
                        .redeem(token, directory.resolve("identity.p12"), PASSWORD, directory.resolve("state"));
                sessions.add(Sekisho.connect(
                        gateway.root(),
                        directory.resolve("identity.p12"),
                        PASSWORD,
                        directory.resolve("state"),
                        SekishoOptions.DEFAULTS.withoutCompaction().withPatience(Duration.ofMinutes(2))));
            }
        }
        Group group = sessions.get(0).createGroup(GroupPolicy.withDefaults("bench"));
        LeafId second = sessions.get(1).leaf();
        sessions.get(1).onInvitation(ReceivedInvitation::accept);
        group.invite(second);
        group.awaitMember(second);
        sessions.get(1).group(group.id()).awaitEpoch(group.epoch());
        groups.add(group);
        groups.add(sessions.get(1).group(group.id()));
    }

    /** Both members index what is theirs, side by side; then both merge and audit what is to be. */
    private void feed(List<Document> documents, LuceneIndex lucene) throws Exception {
        for (int from = 0; from < documents.size(); from += FEED) {
            List<Document> some = documents.subList(from, Math.min(documents.size(), from + FEED));
            groups.forEach(group -> CorpusFeed.learn(group, some));
            long begin = System.nanoTime();
            both(Group::index);
            indexing += System.nanoTime() - begin;
            begin = System.nanoTime();
            lucene.add(some);
            indexingLucene += System.nanoTime() - begin;
            begin = System.nanoTime();
            while (groups.get(0).compactIndex() | groups.get(1).compactIndex()) {
                // until nothing is left to do
            }
            compacting += System.nanoTime() - begin;
            postings += some.stream().mapToLong(Corpus::postings).sum();
            fed.addAll(some);
            if (fed.size() / FEED % 40 == 0) {
                System.err.println("search-gateway: " + fed.size() + " indexed");
            }
        }
    }

    private void both(java.util.function.Consumer<Group> work) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (Group group : groups) {
            running.add(writers.submit(() -> work.accept(group)));
        }
        for (Future<?> one : running) {
            one.get();
        }
    }

    private void account(LuceneIndex lucene) throws Exception {
        var status = groups.get(0).indexStatus();
        double n = fed.size();
        figure("index", "postings", postings / (indexing / 1e9), "1/s", "Lucene", (double) indexingLucene / indexing);
        figure(
                "index",
                "message",
                indexing / 1e3 / n,
                "us",
                "Lucene, commit each 256",
                (double) indexing / indexingLucene);
        figure("compact", "message", compacting / 1e3 / n, "us", "indexing it", (double) compacting / indexing);
        figure(
                "storage",
                "message",
                status.octets() / n,
                "octets",
                "Lucene with texts",
                (double) status.octets() / lucene.octets());
        figure("segments", "live", status.live(), "", "", 0);
    }

    private void figure(String what, String of, double value, String unit, String against, double ratio) {
        figures.add(new Figure("search-gateway." + what + "." + fed.size() + "." + of, value, unit, against, ratio));
    }
}
