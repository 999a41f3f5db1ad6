// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
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
        if (!Files.exists(Corpus.FILE)) {
            System.err.println("search-index: no corpus at " + Corpus.FILE + ": nothing measured");
            return List.of();
        }
        Path folder = Files.createTempDirectory("sekisho-search");
        try (LocalRowStore store = LocalRowStore.open(folder.resolve("store"));
                LuceneIndex lucene = new LuceneIndex(folder.resolve("lucene"))) {
            measure(new SearchGround(store), lucene);
        } finally {
            try (Stream<Path> walk = Files.walk(folder)) {
                for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return figures;
    }

    private void measure(SearchGround ground, LuceneIndex lucene) throws Exception {
        Random random = new Random(1);
        List<Document> all = Corpus.read(
                MESSAGES,
                i -> {
                    byte[] id = new byte[16];
                    random.nextBytes(id);
                    return Octets.of(id);
                },
                i -> ground.leaves.get(i / BATCH % 2));
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

    private void queries(SearchGround ground, LuceneIndex lucene, List<Document> all, String size) throws Exception {
        Corpus corpus = new Corpus(all);
        compare(ground, lucene, "rare", size, Corpus.single(corpus.rare(), QUERIES));
        compare(ground, lucene, "medium", size, Corpus.single(corpus.medium(), QUERIES));
        compare(ground, lucene, "common", size, Corpus.single(corpus.common(), QUERIES));
        compare(ground, lucene, "and", size, corpus.pairs(QUERIES));
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
