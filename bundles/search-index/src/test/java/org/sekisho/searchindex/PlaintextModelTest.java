// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.api.Octets;
import org.sekisho.api.group.History;
import org.sekisho.searchindex.protocol.Cursor;
import org.sekisho.searchindex.protocol.Hit;
import org.sekisho.searchindex.protocol.SearchPage;
import org.sekisho.searchindex.text.Document;
import org.sekisho.searchindex.text.Query;
import org.sekisho.searchindex.text.QueryParser;
import org.sekisho.searchindex.text.Tokeniser;

/** Random runs of adding, deleting, searching, compacting, auditing, removing and adding members, compared with a list of texts. */
class PlaintextModelTest {

    private static final List<String> WORDS = List.of(
            "alpha", "beta", "gamma", "delta", "出雲大社", "出雲", "大社", "海鮮", "海", "ラーメン", "らーめん", "ﾗｰﾒﾝ", "温泉旅館", "one",
            "two", "three", "Straße", "STRASSE");

    private static final List<String> QUERIES = List.of(
            "alpha",
            "beta gamma",
            "出雲大社",
            "大社",
            "出雲大社 AND 海鮮",
            "海",
            "ラーメン",
            "strasse",
            "one OR two",
            "\"one two\"",
            "\"alpha beta\"",
            "社海",
            "delta OR 温泉",
            "absent",
            "alpha absent");

    private final Set<Octets> deleted = new HashSet<>();
    private final List<Document> all = new ArrayList<>();
    private TestGroup group;
    private Random random;

    @ParameterizedTest
    @CsvSource({"FULL, 1, 400", "FULL, 2, 400", "FULL, 3, 400", "FROM_JOIN, 4, 400", "FROM_JOIN, 5, 400"})
    void searchEqualsThePlaintextModel(History history, long seed, int operations) {
        run(new TestGroup(history, seed, "owner", "m1", "m2"), seed, operations);
    }

    /** Pages that end before, since they cost too much, miss nothing and show nothing twice. */
    @Test
    void searchWithSmallPagesEqualsThePlaintextModel() {
        var with = new TestGroup(History.FULL, 6, "owner", "m1", "m2");
        with.options = with.options.withLookups(3, 100);
        with.source = Optional.of(new Afar(with.messages));
        run(with, 6, 300);
    }

    /** Of a group with an owner, m1 and m2. */
    void run(TestGroup with, long seed, int operations) {
        group = with;
        History history = with.history;
        random = new Random(seed * 31);
        int joined = 2;
        int removals = 0;
        for (int i = 0; i < operations; i++) {
            group.now = group.now.plusSeconds(random.nextInt(90));
            TestMember member = anybody();
            switch (random.nextInt(20)) {
                case 0, 1 -> delete(member);
                case 2, 3 -> member.index().compact();
                case 4 -> member.index().audit();
                case 5 -> {
                    if (group.members.size() < 5 && history == History.FULL) {
                        group.add("m" + ++joined);
                    }
                }
                case 6 -> {
                    if (group.members.size() > 2 && removals < 8 && random.nextInt(3) == 0) {
                        removals++;
                        group.remove(group.members.keySet().stream()
                                .filter(n -> !n.equals("owner"))
                                .findFirst()
                                .orElseThrow());
                    }
                }
                case 7 -> group.renew();
                case 8 -> group.sweep.run();
                case 9 -> compare(member, QUERIES.get(random.nextInt(QUERIES.size())));
                default -> write(member);
            }
        }
        while (group.member("owner").index().compact()
                || group.members.values().stream().anyMatch(m -> m.index().audit())) {
            // until everything is merged and audited
        }
        group.members.values().forEach(m -> QUERIES.forEach(q -> compare(m, q)));
        TestMember reader = group.members.values().iterator().next();
        assertThat(reader.index().log().ignored()).isZero();
        assertThat(reader.index().log().live()).allMatch(m -> m.keyCohort() >= group.facts.lastRemoval());
    }

    private TestMember anybody() {
        List<String> names = group.members.keySet().stream().sorted().toList();
        return group.member(names.get(random.nextInt(names.size())));
    }

    private void write(TestMember member) {
        for (int n = random.nextInt(4); n >= 0; n--) {
            StringBuilder text = new StringBuilder();
            for (int w = random.nextInt(6); w >= 0; w--) {
                text.append(WORDS.get(random.nextInt(WORDS.size()))).append(random.nextInt(4) == 0 ? "、" : " ");
            }
            Document document = member.compose(text.toString(), group.now);
            all.add(document);
            member.index().add(List.of(document.id()));
        }
        member.index().flush();
    }

    private void delete(TestMember member) {
        List<Document> own = all.stream()
                .filter(d -> member.name.equals("owner") || d.sender().equals(member.leaf))
                .toList();
        if (!own.isEmpty()) {
            Document document = own.get(random.nextInt(own.size()));
            member.index().delete(document.id());
            deleted.add(document.id());
        }
    }

    private void compare(TestMember member, String typed) {
        Query query = QueryParser.parse(typed);
        Tokeniser tokeniser = new Tokeniser(group.profile);
        List<String> expected = all.stream()
                .filter(d -> !deleted.contains(d.id()))
                .filter(d -> query.matches(d, tokeniser))
                .sorted(Comparator.comparingLong(Document::minute).reversed().thenComparing(Document::id))
                .map(d -> d.id().hex())
                .toList();
        assertThat(paged(member, query, 7)).as("%s by %s", typed, member.name).isEqualTo(expected);
    }

    private static List<String> paged(TestMember member, Query query, int limit) {
        List<String> found = new ArrayList<>();
        Optional<Cursor> before = Optional.empty();
        do {
            SearchPage page = member.index().search(query, limit, before);
            assertThat(page.damaged() + page.unread() + page.unresolved()).isZero();
            page.hits().stream().map(Hit::document).map(d -> d.id().hex()).forEach(found::add);
            before = page.next();
        } while (before.isPresent());
        return found;
    }
}
