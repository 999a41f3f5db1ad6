// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.searchindex.text.Document;
import org.sekisho.searchindex.text.Profile;
import org.sekisho.searchindex.text.Tokeniser;

/** The IRC corpus beside the repository, and words of it by how many messages have them. */
final class Corpus {

    static final Path FILE = Path.of(System.getProperty("sekisho.corpus", "../shared/corpus/irc-en.tsv"));

    private static final Tokeniser TOKENISER = new Tokeniser(Profile.standard());

    private final Map<String, Integer> counts = new HashMap<>();
    private final int size;

    Corpus(List<Document> all) {
        size = all.size();
        for (Document d : all) {
            new TreeSet<>(Arrays.asList(d.text().toLowerCase(Locale.ROOT).split("[^a-z]+")))
                    .forEach(w -> counts.merge(w, 1, Integer::sum));
        }
        counts.keySet().removeIf(w -> w.length() < 3);
    }

    static List<Document> read(int most, IntFunction<Octets> ids, IntFunction<LeafId> senders) throws IOException {
        List<Document> all = new ArrayList<>();
        try (Stream<String> lines = Files.lines(FILE)) {
            lines.limit(most)
                    .map(line -> line.split("\t", 3))
                    .filter(p -> p.length == 3)
                    .forEach(p -> {
                        var at = LocalDateTime.parse(p[0]).toInstant(ZoneOffset.UTC);
                        all.add(new Document(ids.apply(all.size()), senders.apply(all.size()), at, p[2]));
                    });
        }
        return all;
    }

    static long postings(Document document) {
        return TOKENISER.tokens(document).size();
    }

    /** In one or two messages. */
    List<String> rare() {
        return between(1, 2);
    }

    /** In one of 500 to 2,000. */
    List<String> medium() {
        return between(size / 2000 + 2, size / 500 + 4);
    }

    /** In one of 50 and more often. */
    List<String> common() {
        return between(size / 50, size);
    }

    /** A medium and a common one. */
    List<List<String>> pairs(int n) {
        Random random = new Random(3);
        List<String> medium = medium();
        List<String> common = common();
        List<List<String>> pairs = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            pairs.add(List.of(medium.get(random.nextInt(medium.size())), common.get(random.nextInt(common.size()))));
        }
        return pairs;
    }

    /** {@code n} queries of one word. */
    static List<List<String>> single(List<String> words, int n) {
        return words.stream().limit(n).map(List::of).toList();
    }

    private List<String> between(int least, int most) {
        List<String> words = new ArrayList<>(counts.entrySet().stream()
                .filter(e -> e.getValue() >= least && e.getValue() <= most)
                .map(Map.Entry::getKey)
                .sorted()
                .toList());
        Collections.shuffle(words, new Random(2));
        return words;
    }
}
