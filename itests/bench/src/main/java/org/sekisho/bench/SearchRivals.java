// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.sekisho.api.Octets;
import org.sekisho.blackbox.GatewayProcess;
import org.sekisho.client.Group;
import org.sekisho.client.SearchResult;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.searchindex.text.Document;

/** The same queries in turns: by the SDK, hits decrypted and checked; and by Lucene behind the same listener, same certificate. */
final class SearchRivals {

    private static final int QUERIES = 200;
    private static final int WARM = 50;
    private static final int LIMIT = 20;

    private final Group group;
    private final LuceneIndex lucene;
    private final HttpClient http;
    private final URI uri;

    SearchRivals(GatewayProcess gateway, Path identity, char[] password, Group group, LuceneIndex lucene)
            throws Exception {
        this.group = group;
        this.lucene = lucene;
        this.http = HttpClient.newBuilder()
                .sslContext(context(identity, password, gateway.authority()))
                .build();
        this.uri = URI.create(gateway.root() + "/api/bench/lucene");
        gateway.console("bundle:install -s "
                + EchoBundle.writeLucene(gateway.home().resolve("lucene.jar")).toUri());
    }

    private static SSLContext context(Path identity, char[] password, Path authority) throws Exception {
        KeyStore keys = KeyStore.getInstance(identity.toFile(), password);
        KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
        own.init(keys, password);
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        for (var certificate : Certificates.parseAll(Octets.of(Files.readAllBytes(authority)))) {
            roots.setCertificateEntry("root" + roots.size(), certificate);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(roots);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** With the index as it is. */
    List<Figure> compare(List<Document> fed) throws Exception {
        lucene.open();
        open();
        Corpus corpus = new Corpus(fed);
        List<Figure> figures = new ArrayList<>();
        figures.addAll(compare(fed.size() + ".rare", Corpus.single(corpus.rare(), QUERIES + WARM)));
        figures.addAll(compare(fed.size() + ".medium", Corpus.single(corpus.medium(), QUERIES + WARM)));
        figures.addAll(compare(fed.size() + ".common", Corpus.single(corpus.common(), QUERIES + WARM)));
        figures.addAll(compare(fed.size() + ".and", corpus.pairs(QUERIES + WARM)));
        return figures;
    }

    private void open() throws Exception {
        HttpRequest put = HttpRequest.newBuilder(uri)
                .header("Content-Type", "text/plain")
                .PUT(HttpRequest.BodyPublishers.ofString(lucene.path().toString()))
                .build();
        for (int i = 0; ; i++) {
            int status = http.send(put, HttpResponse.BodyHandlers.ofString()).statusCode();
            if (status < 300) {
                return;
            }
            if (i == 100) {
                throw new IllegalStateException("Lucene does not open: " + status);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private List<Figure> compare(String what, List<List<String>> queries) throws Exception {
        int warm = Math.min(WARM, queries.size() / 4);
        double[] ours = new double[queries.size() - warm];
        double[] theirs = new double[ours.length];
        double[] alone = new double[ours.length];
        for (int i = 0; i < queries.size(); i++) {
            long begin = System.nanoTime();
            SearchResult found = group.search(String.join(" AND ", queries.get(i)), LIMIT);
            long middle = System.nanoTime();
            int hits = lucene(queries.get(i));
            long end = System.nanoTime();
            lucene.search(queries.get(i), LIMIT);
            long last = System.nanoTime();
            if (found.hits().size() < Math.min(hits, LIMIT) * 9 / 10 || found.missing() + found.unsearched() > 0) {
                throw new IllegalStateException(
                        "found " + found.hits().size() + " where Lucene has " + hits + ": " + queries.get(i));
            }
            if (i >= warm) {
                ours[i - warm] = (middle - begin) / 1e6;
                theirs[i - warm] = (end - middle) / 1e6;
                alone[i - warm] = (last - end) / 1e6;
            }
        }
        Arrays.sort(ours);
        Arrays.sort(theirs);
        Arrays.sort(alone);
        List<Figure> figures = new ArrayList<>();
        for (int p : new int[] {50, 99}) {
            String name = "search-gateway.query." + what + ".p" + p;
            figures.add(new Figure(name, at(ours, p), "ms", "Lucene behind REST", at(ours, p) / at(theirs, p)));
            figures.add(new Figure(
                    name + ".lucene", at(theirs, p), "ms", "Lucene in process", at(theirs, p) / at(alone, p)));
        }
        return figures;
    }

    private static double at(double[] sorted, int p) {
        return sorted[Math.min(sorted.length - 1, sorted.length * p / 100)];
    }

    private int lucene(List<String> words) throws Exception {
        HttpRequest post = HttpRequest.newBuilder(uri)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(String.join(" ", words)))
                .build();
        HttpResponse<String> answer = http.send(post, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("Lucene answers " + answer.statusCode());
        }
        return answer.body().isEmpty() ? 0 : answer.body().split("\n", -1).length;
    }
}
