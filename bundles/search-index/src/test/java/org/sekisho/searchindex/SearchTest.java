// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.History;
import org.sekisho.api.searchindex.IndexAnswer;
import org.sekisho.api.searchindex.IndexQuery;
import org.sekisho.searchindex.protocol.Cursor;
import org.sekisho.searchindex.protocol.Hit;
import org.sekisho.searchindex.protocol.MemberRecords;
import org.sekisho.searchindex.protocol.Reading;
import org.sekisho.searchindex.protocol.SearchOptions;
import org.sekisho.searchindex.protocol.SearchPage;
import org.sekisho.searchindex.text.Document;
import org.sekisho.searchindex.text.Highlight;
import org.sekisho.searchindex.text.Profile;
import org.sekisho.searchindex.text.QueryParser;
import org.sekisho.searchindex.text.StopList;

/** What members find, and how it is shown. */
class SearchTest {

    private final TestGroup group = new TestGroup(History.FULL, 1, "owner", "bob", "carol");
    private final TestMember owner = group.member("owner");
    private final TestMember bob = group.member("bob");
    private final TestMember carol = group.member("carol");

    @Test
    void everybodyFindsWhatAnybodyWrote() {
        owner.write("The quick brown fox");
        bob.write("a lazy FOX sleeps");

        assertThat(carol.find("fox")).containsExactlyInAnyOrder("The quick brown fox", "a lazy FOX sleeps");
        assertThat(bob.find("quick fox")).containsExactly("The quick brown fox");
        assertThat(bob.find("quick OR lazy")).hasSize(2);
        assertThat(bob.find("\"brown fox\"")).hasSize(1);
        assertThat(bob.find("\"fox brown\"")).isEmpty();
        assertThat(bob.find("absent")).isEmpty();
    }

    @Test
    void sse_new_reader_without_local_state_finds_everything() {
        for (int i = 0; i < 40; i++) {
            (i % 2 == 0 ? owner : bob).write("word" + i + " common");
        }
        bob.index().compact();
        owner.index().audit();
        TestMember dave = group.add("dave");
        assertThat(dave.find("common")).hasSize(40);
        assertThat(dave.find("word7")).hasSize(1);
    }

    @Test
    void sse_two_writers_same_keyword_concurrently() {
        // both build on the same log, neither has seen the other's segment
        owner.index().sync();
        bob.index().sync();
        owner.write("meeting at noon");
        bob.write("meeting at one");
        assertThat(carol.find("meeting")).hasSize(2);
    }

    @Test
    void sse_japanese_nfkc_halfwidth_katakana() {
        owner.write("ｶﾞｿﾘﾝｽﾀﾝﾄﾞでﾗｰﾒﾝ");
        assertThat(bob.find("ガソリンスタンド")).hasSize(1);
        assertThat(bob.find("がそりん")).hasSize(1);
        assertThat(bob.find("ラーメン")).hasSize(1);
        assertThat(bob.find("ガソリン AND ｒａｍｅｎ")).isEmpty();
    }

    @Test
    void sse_bigram_phrase_false_positive_filtered() {
        // has 出雲, 雲大 and 大社, but not in a row
        owner.write("出雲 雲大 大社");
        owner.write("出雲大社へ");
        assertThat(bob.find("出雲大社")).containsExactly("出雲大社へ");
        assertThat(bob.page("出雲大社", 10).examined()).isEqualTo(2);
    }

    @Test
    void sse_supplementary_codepoints() {
        owner.write("𠮷野家の𩸽");
        owner.write("吉野家の魚");
        assertThat(bob.find("𠮷野家")).containsExactly("𠮷野家の𩸽");
        assertThat(bob.find("𩸽")).containsExactly("𠮷野家の𩸽");
        owner.write("葛\uDB40\uDD00飾区");
        assertThat(bob.find("葛飾区")).hasSize(1);
    }

    @Test
    void one_kana_is_looked_for_in_the_directories() {
        owner.write("温泉へ行く");
        owner.write("温泉");
        assertThat(bob.find("へ")).containsExactly("温泉へ行く");
    }

    @Test
    void prefixes() {
        group.profile = Profile.standard().withPrefixes();
        owner.write("international internet");
        owner.write("interval");
        owner.write("winter");
        assertThat(bob.find("inter*")).hasSize(2);
        assertThat(bob.find("internat*")).hasSize(1);
        assertThat(bob.find("in*")).hasSize(2);
        assertThatThrownBy(() -> bob.find("\"a b*\" OR a-b*")).isInstanceOf(RejectedException.class);
    }

    @Test
    void stop_words_are_found_beside_others() {
        group.profile = Profile.standard().with(StopList.ENGLISH);
        owner.write("to be or not to be");
        owner.write("not at all");
        assertThat(bob.find("\"to be\"")).hasSize(1);
        assertThat(bob.find("not to")).hasSize(1);
    }

    @Test
    void messages_with_too_many_words_are_found_by_their_last_one() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 700; i++) {
            text.append("w").append(i).append(' ');
        }
        owner.write(text.toString());
        owner.write("w3 only");
        assertThat(bob.find("w699")).hasSize(1);
        assertThat(bob.find("w3 w699")).hasSize(1);
        assertThat(bob.find("w3")).hasSize(2);
        assertThat(bob.find("w700")).isEmpty();
    }

    @Test
    void senders_and_months() {
        owner.write("hello");
        bob.write("hello");
        group.now = group.now.plusSeconds(40L * 86400);
        bob.write("hello again");
        assertThat(carol.find("hello from:" + bob.leaf)).hasSize(2);
        assertThat(carol.find("hello month:2026-11")).hasSize(2);
        assertThat(carol.find("from:" + bob.leaf + " month:2026-12")).containsExactly("hello again");
    }

    @Test
    void newest_first_and_by_pages() {
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            group.now = group.now.plusSeconds(60);
            written.add(0, owner.write("note " + i).text());
            owner.index().compact();
            bob.index().audit();
        }
        assertThat(bob.find("note")).isEqualTo(written);
        var first = bob.page("note", 10);
        assertThat(first.hits())
                .extracting(Hit::document)
                .extracting(Document::text)
                .isEqualTo(written.subList(0, 10));
        var second = bob.index().search(QueryParser.parse("note"), 10, first.next());
        assertThat(second.hits())
                .extracting(Hit::document)
                .extracting(Document::text)
                .isEqualTo(written.subList(10, 20));
    }

    @Test
    void hits_show_where() {
        owner.write("Eine STRASSE, zwei Straßen; ｶﾞｿﾘﾝ");
        Hit hit = bob.page("straße", 5).hits().get(0);
        assertThat(hit.highlights()).containsExactly(new Highlight(5, 12));
        hit = bob.page("ガソ", 5).hits().get(0);
        assertThat(hit.highlights()).hasSize(1);
        Highlight shown = hit.highlights().get(0);
        assertThat(hit.document().text().substring(shown.start(), shown.end())).isEqualTo("ｶﾞｿ");
    }

    @Test
    void what_is_no_query() {
        for (String typed : List.of("", "   ", "OR", "a OR", "!!!", "\"\"", "month:2026-13", "from:12", "*")) {
            assertThatThrownBy(() -> QueryParser.parse(typed)).as(typed).isInstanceOf(RejectedException.class);
        }
    }

    @Test
    void words_are_asked_for_apart_when_wished() {
        owner.write("red green blue");
        List<IndexQuery> asked = new ArrayList<>();
        var remote = new RemoteGateway(group, bob.caller) {
            @Override
            public IndexAnswer search(IndexQuery query) {
                asked.add(query);
                return super.search(query);
            }
        };
        var index = bob.fresh(remote, new SearchOptions(false, true, 1000), MemberRecords.inMemory());
        assertThat(index.search(QueryParser.parse("red green blue"), 5, java.util.Optional.empty())
                        .hits())
                .hasSize(1);
        assertThat(asked).hasSize(4);
        assertThat(asked).allSatisfy(q -> assertThat(q.lookups()).hasSize(1));
        Set<Octets> tokens = new HashSet<>();
        asked.forEach(q -> tokens.add(q.lookups().get(0).token()));
        assertThat(tokens).hasSize(3);
    }

    /** A member may let every query look at many long messages: a page costs no more, and nothing is missed. */
    @Test
    void a_page_looks_up_so_much_and_the_next_goes_on() {
        for (int i = 0; i < 60; i++) {
            bob.write("common " + i + " " + "x".repeat(100));
        }
        var afar = new Afar(group.messages);
        group.source = Optional.of(afar);
        for (SearchOptions options : List.of(
                SearchOptions.DEFAULT.withLookups(7, 1 << 20), // as many
                SearchOptions.DEFAULT.withLookups(1000, 500), // as long
                SearchOptions.DEFAULT.withLookups(1, 1))) { // and one at least
            var index = carol.fresh(new RemoteGateway(group, carol.caller), options, MemberRecords.inMemory());
            List<String> found = new ArrayList<>();
            Optional<Cursor> next = Optional.empty();
            do {
                afar.fetched = 0;
                afar.read = 0;
                SearchPage page = index.search(QueryParser.parse("common"), 50, next);
                assertThat(afar.fetched).isLessThanOrEqualTo(2 * options.maxFetched());
                assertThat(afar.read).isLessThanOrEqualTo(2 * (int) Math.max(options.maxOctets(), 120));
                assertThat(afar.opened).isZero();
                page.hits().forEach(hit -> found.add(hit.document().text()));
                next = page.next();
            } while (next.isPresent());
            assertThat(found).hasSize(60).doesNotHaveDuplicates();
        }
    }

    @Test
    void what_cannot_be_had_now_is_indexed_later_and_what_is_gone_is_not_waited_for() {
        var hidden = new HashMap<Octets, Document>();
        group.source = Optional.of(new Afar(hidden));
        Document late = bob.compose("late", group.now);
        List<Document> others = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            others.add(bob.compose("early " + i, group.now));
        }
        var records = MemberRecords.inMemory();
        var index = bob.fresh(new RemoteGateway(group, bob.caller), SearchOptions.DEFAULT, records);
        index.add(List.of(late.id()));
        index.add(others.stream().map(Document::id).toList());
        assertThat(index.flush()).isZero();
        others.forEach(d -> hidden.put(d.id(), d));
        assertThat(index.flush()).isEqualTo(20);
        assertThat(records.waiting()).containsExactly(late.id());
        hidden.put(late.id(), late);
        assertThat(index.flush()).isEqualTo(1);
        group.source = Optional.empty();
        assertThat(carol.find("late")).hasSize(1);
        assertThat(carol.find("early")).hasSize(20);

        var gone = bob.fresh(new RemoteGateway(group, bob.caller), SearchOptions.DEFAULT, records);
        gone.add(List.of(Octets.of(new byte[16])));
        assertThat(gone.flush()).isEqualTo(1);
        assertThat(records.waiting()).isEmpty();
    }

    @Test
    void a_slow_look_up_holds_up_neither_writing_nor_deleting() throws Exception {
        bob.write("something slow");
        var looking = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        group.source = Optional.of(new Afar(group.messages) {
            @Override
            public Reading reading() {
                looking.countDown();
                try {
                    assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return super.reading();
            }
        });
        var index =
                carol.fresh(new RemoteGateway(group, carol.caller), SearchOptions.DEFAULT, MemberRecords.inMemory());
        var search =
                CompletableFuture.supplyAsync(() -> index.search(QueryParser.parse("something"), 5, Optional.empty()));
        assertThat(looking.await(30, TimeUnit.SECONDS)).isTrue();
        Document own = carol.compose("something own", group.now);
        CompletableFuture.runAsync(() -> {
                    index.add(List.of(own.id()));
                    index.flush();
                    index.delete(own.id());
                })
                .get(10, TimeUnit.SECONDS);
        go.countDown();
        // what was written meanwhile is searched as well, and what was deleted is not shown
        assertThat(search.get(30, TimeUnit.SECONDS).hits())
                .extracting(hit -> hit.document().text())
                .containsExactly("something slow");
    }

    @Test
    void what_the_gateway_keeps_in_memory_is_bounded_segments_included() {
        for (int i = 0; i < 150; i++) {
            bob.write("common " + i);
        }
        assertThat(carol.page("common", 10).hits()).hasSize(10);
        assertThat(group.warm.segments()).isPositive();
        assertThat(group.warm.segments() * Warm.RECORD).isLessThanOrEqualTo(1 << 15);
        assertThat(group.warm.octets()).isLessThanOrEqualTo(1 << 16);
        long before = group.warm.segments();
        owner.index().compact();
        assertThat(carol.find("common")).hasSize(150);
        assertThat(group.warm.segments()).isLessThanOrEqualTo(before);
        assertThat(carol.find("149")).hasSize(1);
    }
}
