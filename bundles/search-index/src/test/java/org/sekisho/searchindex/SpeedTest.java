// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.Octets;
import org.sekisho.api.group.History;
import org.sekisho.repositoryjdbc.LocalRowStore;
import org.sekisho.searchindex.protocol.SearchPage;
import org.sekisho.searchindex.text.Document;
import org.sekisho.searchindex.text.QueryParser;

/**
 * Limited queries over many messages on the embedded database. Hits are checked with any number, time only with {@code
 * -Dsekisho.search.messages=100000} or more, on a machine that does nothing else.
 */
class SpeedTest {

    private static final int MESSAGES = Integer.getInteger("sekisho.search.messages", 2_000);
    private static final int TIMED = 100_000;
    private static final double MILLIS = 50;
    private static final int WORDS = 20_000;
    private static final int LENGTH = 9;
    private static final int QUERIES = 400;
    private static final int LIMIT = 20;

    @TempDir
    Path directory;

    private final Random random = new Random(7);
    private final List<Document> written = new ArrayList<>();

    /** Like words of a language: the second comes half as often as the first, and so on. */
    private String word() {
        return "w" + (int) Math.floor(Math.pow(WORDS, random.nextDouble()));
    }

    @Test
    void sse_10e5_messages_query_under_50ms() {
        try (LocalRowStore store = LocalRowStore.open(directory)) {
            TestGroup group = new TestGroup(store, History.FULL, 1, "owner", "m1");
            TestMember[] members = {group.member("owner"), group.member("m1")};
            for (int i = 0; i < MESSAGES; i++) {
                TestMember member = members[i / 16 % 2];
                StringBuilder text = new StringBuilder();
                for (int w = 0; w < LENGTH; w++) {
                    text.append(word()).append(' ');
                }
                group.now = group.now.plusSeconds(20);
                written.add(member.compose(text.toString(), group.now));
                member.index().add(List.of(written.get(i).id()));
                if (i % 16 == 15 || i == MESSAGES - 1) {
                    member.index().flush();
                }
                if (i % 256 == 255) {
                    while (members[0].index().compact()
                            | members[1].index().audit()
                            | members[1].index().compact()
                            | members[0].index().audit()) {
                        // as it would be in the background
                    }
                }
            }
            ask(members[0]);
        }
    }

    private void ask(TestMember reader) {
        double[] millis = new double[QUERIES];
        for (int i = -QUERIES / 4; i < QUERIES; i++) {
            List<String> words = i % 2 == 0 ? List.of(word()) : List.of(word(), word());
            long begin = System.nanoTime();
            SearchPage page =
                    reader.index().search(QueryParser.parse(String.join(" AND ", words)), LIMIT, Optional.empty());
            double took = (System.nanoTime() - begin) / 1e6;
            assertThat(ids(page)).as("%s", words).isEqualTo(newest(words));
            if (i >= 0) {
                millis[i] = took;
            }
        }
        Arrays.sort(millis);
        double p99 = millis[QUERIES * 99 / 100];
        System.out.printf(
                "%d messages, %d queries: p50 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                MESSAGES, QUERIES, millis[QUERIES / 2], p99, millis[QUERIES - 1]);
        assertThat(MESSAGES < TIMED || p99 < MILLIS).as("p99 of %s ms", p99).isTrue();
    }

    private static List<Octets> ids(SearchPage page) {
        return page.hits().stream().map(hit -> hit.document().id()).toList();
    }

    private List<Octets> newest(List<String> words) {
        List<Document> all = new ArrayList<>();
        for (Document document : written) {
            Set<String> its = new HashSet<>(List.of(document.text().split(" ")));
            if (its.containsAll(words)) {
                all.add(document);
            }
        }
        all.sort(java.util.Comparator.comparingLong(Document::minute).reversed().thenComparing(Document::id));
        return all.stream().limit(LIMIT).map(Document::id).toList();
    }
}
