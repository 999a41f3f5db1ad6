// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.sekisho.api.Octets;
import org.sekisho.repositoryjdbc.LocalRowStore;
import org.sekisho.searchindex.text.Document;
import org.sekisho.searchindex.text.QueryParser;

/**
 * The encrypted index on embedded Derby, members in the same process, beside Lucene on the plain texts: {@code
 * -Dsekisho.search.messages=N} of the IRC corpus beside the repository, 10,000 by default. Nothing without the corpus.
 */
final class SearchBench implements Benchmark {

    private static final int MESSAGES = Integer.getInteger("sekisho.search.messages", 10_000);
    private static final int BATCH = 16;
    private static final int QUERIES = 100;
    private static final int LIMIT = 20;

    private final List<Figure> figures = new ArrayList<>();

    @Override
    public String name() {
        return "search-index";
    }

    @Override
    public List<Figure> run() throws Exception {
        Path corpus = Path.of(System.getProperty("sekisho.corpus", "../shared/corpus/irc-en.tsv"));
        if (!Files.exists(corpus)) {
            System.err.println("search-index: no corpus at " + corpus + ": nothing measured");
            return List.of();
        }
        Path folder = Files.createTempDirectory("sekisho-search");
        try (LocalRowStore store = LocalRowStore.open(folder.resolve("store"));
                LuceneIndex lucene = new LuceneIndex(folder.resolve("lucene"))) {
            measure(new SearchGround(store), lucene, corpus);
        } finally {
            try (Stream<Path> walk = Files.walk(folder)) {
                for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return figures;
    }

    private void measure(SearchGround ground, LuceneIndex lucene, Path corpus) throws Exception {
        List<Document> all = read(corpus, ground);
        long postings = 0;
        long ours = 0;
        long theirs = 0;
        long compacting = 0;
        for (int i = 0; i < all.size(); i += BATCH) {
            List<Document> some = all.subList(i, Math.min(all.size(), i + BATCH));
            some.forEach(d -> ground.messages.put(d.id(), d));
            var member = ground.members.get(i / BATCH % 2);
            long begin = System.nanoTime();
            member.add(some.stream().map(Document::id).toList());
            member.flush();
            ours += System.nanoTime() - begin;
            for (Document d : some) {
                postings += member.item(d).tokens().size();
            }
            begin = System.nanoTime();
            lucene.add(some);
            theirs += System.nanoTime() - begin;
            if (i / BATCH % 16 == 15) {
                begin = System.nanoTime();
                compact(ground);
                compacting += System.nanoTime() - begin;
            }
        }
        lucene.open();
        String size = all.size() + ".";
        double perMessage = 1e3 * all.size();
        figure("index." + size + "postings", postings / (ours / 1e9), "1/s", "Lucene", (double) theirs / ours);
        figure("index." + size + "message", ours / perMessage, "us", "Lucene, commit each 16", (double) ours / theirs);
        figure("compact." + size + "message", compacting / perMessage, "us", "indexing it", (double) compacting / ours);
        figure(
                "storage." + size + "message",
                (double) ground.octets() / all.size(),
                "octets",
                "Lucene with texts",
                (double) ground.octets() / lucene.octets());
        figure("segments." + size + "live", ground.segments(), "", "", 0);
        queries(ground, lucene, all, size);
    }

    private void figure(String name, double value, String unit, String against, double ratio) {
        figures.add(new Figure("search-index." + name, value, unit, against, ratio));
    }

    private static void compact(SearchGround ground) {
        boolean more = true;
        while (more) {
            more = false;
            for (var member : ground.members) {
                more |= member.audit() || member.compact();
            }
        }
    }

    private static List<Document> read(Path corpus, SearchGround ground) throws Exception {
        Random random = new Random(1);
        List<Document> all = new ArrayList<>();
        try (Stream<String> lines = Files.lines(corpus)) {
            lines.limit(MESSAGES)
                    .map(line -> line.split("\t", 3))
                    .filter(p -> p.length == 3)
                    .forEach(p -> {
                        byte[] id = new byte[16];
                        random.nextBytes(id);
                        var at = LocalDateTime.parse(p[0]).toInstant(ZoneOffset.UTC);
                        int writer = all.size() / BATCH % 2;
                        all.add(new Document(Octets.of(id), ground.leaves.get(writer), at, p[2]));
                    });
        }
        return all;
    }

    private void queries(SearchGround ground, LuceneIndex lucene, List<Document> all, String size) throws Exception {
        Map<String, Integer> counts = new HashMap<>();
        for (Document d : all) {
            new TreeSet<>(Arrays.asList(
                            d.text().toLowerCase(java.util.Locale.ROOT).split("[^a-z]+")))
                    .forEach(w -> counts.merge(w, 1, Integer::sum));
        }
        counts.keySet().removeIf(w -> w.length() < 3);
        List<String> rare = between(counts, 1, 2);
        List<String> medium = between(counts, all.size() / 2000 + 2, all.size() / 500 + 4);
        List<String> common = between(counts, all.size() / 50, all.size());
        Random random = new Random(3);
        List<List<String>> pairs = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            pairs.add(List.of(medium.get(random.nextInt(medium.size())), common.get(random.nextInt(common.size()))));
        }
        compare(ground, lucene, "rare", size, single(rare));
        compare(ground, lucene, "medium", size, single(medium));
        compare(ground, lucene, "common", size, single(common));
        compare(ground, lucene, "and", size, pairs);
    }

    private static List<List<String>> single(List<String> words) {
        return words.stream().limit(QUERIES).map(List::of).toList();
    }

    private static List<String> between(Map<String, Integer> counts, int least, int most) {
        List<String> words = new ArrayList<>(counts.entrySet().stream()
                .filter(e -> e.getValue() >= least && e.getValue() <= most)
                .map(Map.Entry::getKey)
                .sorted()
                .toList());
        Collections.shuffle(words, new Random(2));
        return words;
    }

    private void compare(SearchGround ground, LuceneIndex lucene, String kind, String size, List<List<String>> queries)
            throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            ours.clear();
            theirs.clear();
            for (List<String> words : queries) {
                long begin = System.nanoTime();
                ground.members.get(0).search(QueryParser.parse(String.join(" AND ", words)), LIMIT, Optional.empty());
                ours.add((System.nanoTime() - begin) / 1e6);
                begin = System.nanoTime();
                lucene.search(words, LIMIT);
                theirs.add((System.nanoTime() - begin) / 1e6);
            }
        }
        Collections.sort(ours);
        Collections.sort(theirs);
        for (int p : new int[] {50, 99}) {
            double a = ours.get(Math.min(ours.size() - 1, ours.size() * p / 100));
            double b = theirs.get(Math.min(theirs.size() - 1, theirs.size() * p / 100));
            figure("query." + kind + "." + size + "p" + p, a, "ms", "Lucene p" + p, a / b);
        }
    }
}
