// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Octets;
import org.sekisho.api.group.History;
import org.sekisho.searchindex.protocol.Cursor;
import org.sekisho.searchindex.protocol.SearchPage;
import org.sekisho.searchindex.text.Document;
import org.sekisho.searchindex.text.QueryParser;

/**
 * Every distinct word of a sample of real conversations, alone and in pairs, against plain texts cut up by regular expressions that
 * share nothing with the tokeniser; before and after two removals and all the compaction they cause. Size of the sample:
 * {@code -Dsekisho.corpus=2000}.
 */
class CorpusTest {

    private static final int SAMPLE = Integer.getInteger("sekisho.corpus", 120);
    private static final Pattern WORD =
            Pattern.compile("[\\p{L}\\p{Nd}\\p{M}&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}ー]]+");
    private static final Pattern RUN = Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}ー]+");

    private final Map<Octets, String> texts = new HashMap<>();

    private static List<String> sample(String file) throws Exception {
        Path path = Path.of("../../../shared/corpus").resolve(file);
        assumeTrue(Files.exists(path), "no corpus beside the repository: " + path);
        try (Stream<String> lines = Files.lines(path)) {
            List<String> all = lines.map(line -> line.split("\t", 3))
                    .filter(parts -> parts.length == 3)
                    .map(parts -> parts[2])
                    .toList();
            List<String> some = new ArrayList<>();
            int step = Math.max(1, all.size() / SAMPLE);
            for (int i = 0; i < all.size() && some.size() < SAMPLE; i += step) {
                some.add(all.get(i));
            }
            return some;
        }
    }

    private static Set<String> words(String text) {
        return matches(WORD, Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT));
    }

    private static Set<String> runs(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .codePoints()
                .map(c -> c >= 'ァ' && c <= 'ヶ' ? c - 0x60 : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return matches(RUN, folded);
    }

    private static Set<String> matches(Pattern pattern, String text) {
        Set<String> found = new HashSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    @Test
    void irc_every_word() throws Exception {
        Map<String, Set<String>> cut = new HashMap<>();
        run(
                "irc-en.tsv",
                text -> words(text).stream().filter(CorpusTest::plain).toList(),
                (word, text) -> cut.computeIfAbsent(text, CorpusTest::words).contains(word));
    }

    /** Letters whose lower case depends on more than the letter are the tokeniser's own tests' business. */
    private static boolean plain(String word) {
        return word.length() <= 60 && word.chars().allMatch(c -> c < 0x250 && c != 'ß' && c != 'ı');
    }

    @Test
    void slack_every_run_of_four() throws Exception {
        Map<String, Set<String>> cut = new HashMap<>();
        run(
                "slack-ja.tsv",
                text -> runs(text).stream()
                        .flatMap(r -> Stream.of(r.substring(0, Math.min(4, r.length())), r.substring(r.length() / 2)))
                        .filter(r -> r.length() >= 2)
                        .map(r -> r.substring(0, Math.min(6, r.length())))
                        .toList(),
                (part, text) ->
                        cut.computeIfAbsent(text, CorpusTest::runs).stream().anyMatch(r -> r.contains(part)));
    }

    private interface Oracle {
        boolean has(String word, String text);
    }

    private void run(String file, Function<String, List<String>> cut, Oracle oracle) throws Exception {
        List<String> sample = sample(file);
        TestGroup group = new TestGroup(History.FULL, 11, "owner", "m1", "m2", "m3");
        int third = sample.size() / 3;
        fill(group, sample.subList(0, third));
        group.remove("m1");
        fill(group, sample.subList(third, 2 * third));
        Set<String> words = new TreeSet<>();
        sample.forEach(text -> words.addAll(cut.apply(text)));
        int checked = compare(group, words, oracle);
        group.remove("m2");
        fill(group, sample.subList(2 * third, sample.size()));
        while (group.member("owner").index().compact()
                || group.member("m3").index().audit()) {
            // until everything is under the newest key
        }
        group.sweep.run();
        group.member("m3").index().sync();
        assertThat(group.member("m3").index().log().live())
                .allMatch(m -> m.keyCohort() == group.current().cohort());
        checked += compare(group, words, oracle);
        System.out.printf(
                "%s: %d messages, %d words, %d queries, no miss, no false hit%n",
                file, texts.size(), words.size(), checked);
    }

    private void fill(TestGroup group, List<String> some) {
        List<String> names = group.members.keySet().stream().sorted().toList();
        for (int i = 0; i < some.size(); i++) {
            TestMember member = group.member(names.get(i % names.size()));
            group.now = group.now.plusSeconds(20);
            Document document = member.compose(some.get(i), group.now);
            texts.put(document.id(), document.text());
            member.index().add(List.of(document.id()));
            if (i % 48 == 47) {
                names.forEach(n -> group.member(n).index().flush());
                group.member("owner").index().compact();
                names.forEach(n -> group.member(n).index().audit());
            }
        }
        names.forEach(n -> group.member(n).index().flush());
    }

    private int compare(TestGroup group, Set<String> words, Oracle oracle) {
        Map<String, Set<Octets>> expected = new HashMap<>();
        for (String word : words) {
            Set<Octets> ids = new HashSet<>();
            texts.forEach((id, text) -> {
                if (oracle.has(word, text)) {
                    ids.add(id);
                }
            });
            expected.put(word, ids);
        }
        TestMember reader = group.member("m3");
        int queries = 0;
        for (String word : words) {
            assertThat(find(reader, "\"" + word + "\"")).as(word).isEqualTo(expected.get(word));
            queries++;
        }
        List<String> all = List.copyOf(words);
        Random random = new Random(5);
        for (int i = 0; i < Math.min(500, all.size()); i++) {
            String a = all.get(random.nextInt(all.size()));
            String b = all.get(random.nextInt(all.size()));
            Set<Octets> both = new HashSet<>(expected.get(a));
            both.retainAll(expected.get(b));
            assertThat(find(reader, "\"" + a + "\" AND \"" + b + "\""))
                    .as(a + " AND " + b)
                    .isEqualTo(both);
            queries++;
        }
        return queries;
    }

    private static Set<Octets> find(TestMember reader, String query) {
        Set<Octets> found = new HashSet<>();
        Optional<Cursor> before = Optional.empty();
        do {
            SearchPage page = reader.index().search(QueryParser.parse(query), 500, before);
            assertThat(page.unresolved() + page.damaged() + page.unread()).isZero();
            page.hits()
                    .forEach(hit -> assertThat(found.add(hit.document().id())).isTrue());
            before = page.next();
        } while (before.isPresent());
        return found;
    }
}
