// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sekisho.api.DeniedException;
import org.sekisho.api.IndeterminateException;
import org.sekisho.api.LeafId;
import org.sekisho.api.group.History;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.client.gateway.TestGateway;
import org.sekisho.client.search.SearchSettings;
import org.sekisho.searchindex.protocol.Cursor;

/** Searching as an application does it, over HTTPS. */
class SearchTest {

    private static final char[] PASSWORD = "correct horse".toCharArray();
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final SekishoOptions PATIENT = SekishoOptions.DEFAULTS.withPatience(Duration.ofSeconds(60));

    @TempDir
    Path folder;

    private final TestGateway gateway = new TestGateway();
    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
    private Path authority;

    @BeforeEach
    void authority() throws IOException {
        authority = gateway.authority(folder);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
        gateway.close();
    }

    private Sekisho participant(String name) {
        return participant(name, PATIENT);
    }

    private Sekisho participant(String name, SekishoOptions options) {
        Enrolment.at(gateway.uri(), authority)
                .redeem(gateway.token(name).token(), folder.resolve(name + ".p12"), PASSWORD, folder.resolve(name));
        return connect(name, options);
    }

    private Sekisho connect(String name) {
        return connect(name, PATIENT);
    }

    private Sekisho connect(String name, SekishoOptions options) {
        Sekisho sekisho =
                Sekisho.connect(gateway.uri(), folder.resolve(name + ".p12"), PASSWORD, folder.resolve(name), options);
        open.add(sekisho);
        return sekisho;
    }

    private static Group join(Sekisho inviter, Group group, Sekisho friend) {
        LeafId leaf = friend.leaf();
        friend.onInvitation(ReceivedInvitation::accept);
        group.invite(leaf);
        group.awaitMember(leaf);
        await().atMost(SOON)
                .until(() -> !friend.groups().isEmpty()
                        && friend.groups().get(0).view().keyed());
        assertThat(inviter.leaf()).isNotEqualTo(leaf);
        return friend.group(group.id());
    }

    private static List<String> texts(SearchResult result) {
        return result.hits().stream().map(SearchHit::text).toList();
    }

    @Test
    void found_before_and_after_a_removal() {
        Sekisho alice = participant("alice");
        Sekisho bob = participant("bob");
        Sekisho carol = participant("carol");
        Group group = alice.createGroup(GroupPolicy.withDefaults("team"));
        Group bobs = join(alice, group, bob);
        Group carols = join(alice, group, carol);
        List<String> heard = new CopyOnWriteArrayList<>();
        carols.onMessage(m -> heard.add(m.text()));
        group.send("出雲大社の近くで海鮮が食べたい");
        group.send("出雲 大社 海鮮");
        group.send("Lunch at noon?");
        bobs.send("lunch is at one");
        group.index();
        bobs.index();
        await().atMost(SOON).until(() -> heard.size() == 4);

        SearchResult found = carols.search("出雲大社 AND 海鮮", 10);
        assertThat(texts(found)).containsExactly("出雲大社の近くで海鮮が食べたい");
        assertThat(found.hits().get(0).sender()).isEqualTo(alice.leaf());
        assertThat(found.hits().get(0).marked("[", "]")).isEqualTo("[出雲大社]の近くで[海鮮]が食べたい");
        assertThat(texts(carols.search("LUNCH", 10))).hasSize(2);
        assertThat(texts(group.search("lunch at", 10))).containsExactlyInAnyOrder("Lunch at noon?", "lunch is at one");

        group.remove(bob.leaf());
        carols.awaitEpoch(group.epoch());
        group.send("lunch without bob");
        group.index();
        await().atMost(SOON).until(() -> heard.size() == 5);
        assertThat(texts(carols.search("lunch", 10))).hasSize(3);
        assertThat(texts(group.search("lunch", 10))).hasSize(3);
        // old segments are written again under the new key, and found as before
        while (carols.compactIndex()) {
            // until nothing is left to do
        }
        assertThat(texts(carols.search("lunch", 10))).hasSize(3);
        assertThat(texts(carols.search("海鮮", 10))).hasSize(2);
        group.unindex(carols.search("without", 1).hits().get(0).n());
        assertThat(texts(carols.search("lunch", 10))).hasSize(2);
    }

    @Test
    void newcomer_gets_the_ring_and_search_survives_a_restart() throws Exception {
        Sekisho alice = participant("alice");
        Group group = alice.createGroup(GroupPolicy.withDefaults("team"));
        assertThat(group.policy().history()).isNotNull();
        group.send("before the newcomer");
        group.index();
        Sekisho bob = participant("bob");
        Group bobs = join(alice, group, bob);
        bobs.onMessage(m -> {});
        group.send("after the newcomer");
        group.index();
        await().atMost(SOON).untilAsserted(() -> {
            SearchResult result = bobs.search("newcomer", 10);
            assertThat(texts(result)).containsExactly("after the newcomer");
            if (group.policy().history() == History.FULL) {
                // found by the index; the text itself this member never had
                assertThat(result.missing()).isEqualTo(1);
            } else {
                assertThat(result.unsearched()).isEqualTo(1);
            }
        });
        bob.close();
        Sekisho again = connect("bob");
        assertThat(texts(again.group(group.id()).search("after", 10))).containsExactly("after the newcomer");
    }

    /** Not what was only sent: a newcomer never had it. What was stored is found and opened as far back as it may read. */
    @ParameterizedTest
    @EnumSource(History.class)
    void a_newcomer_finds_in_the_store_what_it_may_read(History history) {
        Sekisho alice = participant("alice");
        Group group = alice.createGroup(GroupPolicy.withDefaults("team").withHistory(history));
        MessageId first = group.store("minutes of the founding").message();
        group.store("image/png", new byte[] {1, 2, 3});
        group.index();
        SearchResult own = group.search("founding", 10);
        assertThat(texts(own)).containsExactly("minutes of the founding");
        assertThat(own.hits().get(0).stored()).contains(first);
        Sekisho bob = participant("bob");
        Group bobs = join(alice, group, bob);
        group.store("minutes of the second meeting");
        group.index();
        String[] expected = history == History.FULL
                ? new String[] {"minutes of the second meeting", "minutes of the founding"}
                : new String[] {"minutes of the second meeting"};
        await().atMost(SOON).untilAsserted(() -> {
            SearchResult result = bobs.search("minutes", 10);
            assertThat(texts(result)).containsExactlyInAnyOrder(expected);
            assertThat(result.missing()).isZero();
            assertThat(result.unsearched()).isEqualTo(history == History.FULL ? 0 : 1);
            assertThat(result.hits()).allMatch(hit -> hit.sender().equals(alice.leaf()));
        });
        bobs.store("and the minutes by bob");
        bobs.index();
        assertThat(texts(group.search("minutes bob", 10))).containsExactly("and the minutes by bob");
        group.unindex(first);
        assertThat(texts(group.search("founding", 10))).isEmpty();
    }

    @Test
    void settings_of_a_session() {
        Sekisho alice = participant(
                "alice",
                PATIENT.with(SearchSettings.DEFAULTS
                        .withPrefixes()
                        .withoutStopWords()
                        .withPowersOfTwo()
                        .withWordsApart()
                        .withCaps(16, 100)
                        .withoutCompaction()));
        Group group = alice.createGroup(GroupPolicy.withDefaults("team"));
        group.send("the platforms of the station");
        group.send(
                "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen");
        group.index();
        assertThat(texts(group.search("platf*", 10))).hasSize(1);
        assertThat(texts(group.search("the station", 10))).hasSize(1);
        // beyond the cap: found all the same, since the message is looked at by every query
        assertThat(texts(group.search("seventeen", 10))).hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> SearchSettings.DEFAULTS.withCaps(15, 100));
        assertThatIllegalArgumentException().isThrownBy(() -> SearchSettings.DEFAULTS.withCaps(513, 100));
    }

    /** Or cannot be opened any more: the author kept it. */
    @Test
    void what_was_stored_is_indexed_though_the_store_does_not_have_it_afterwards() throws Exception {
        Sekisho alice = participant("alice");
        Group group = alice.createGroup(GroupPolicy.withDefaults("team"));
        group.store("minutes of the founding");
        alice.close();
        gateway.fault(call ->
                call.startsWith("GET /message-store/") && call.contains("/messages/") ? TestGateway.NO_SUCH_THING : 0);
        Group again = connect("alice").group(group.id());
        again.index();
        gateway.fault(call -> 0);
        assertThat(texts(again.search("founding", 10))).containsExactly("minutes of the founding");
    }

    @Test
    void what_was_stored_is_indexed_though_the_answer_was_lost() throws Exception {
        SekishoOptions once = PATIENT.withRetry(Duration.ZERO);
        Sekisho alice = participant("alice", once);
        Group group = alice.createGroup(GroupPolicy.withDefaults("team"));
        gateway.fault(call -> call.startsWith("POST /message-store/") && call.endsWith("/messages") ? -1 : 0);
        assertThatThrownBy(() -> group.store("minutes of the founding")).isInstanceOf(IndeterminateException.class);
        alice.close();
        gateway.fault(call -> 0);
        Group again = connect("alice", once).group(group.id());
        assertThat(texts(again.search("founding", 10))).containsExactly("minutes of the founding");

        gateway.fault(call -> call.startsWith("POST /message-store/") && call.endsWith("/messages") ? -1 : 0);
        assertThatThrownBy(() -> again.store("minutes of the second meeting"))
                .isInstanceOf(IndeterminateException.class);
        gateway.fault(call -> 0);
        // the next one settles it
        again.store("minutes of the third meeting");
        assertThat(texts(again.search("minutes", 10))).hasSize(3);

        gateway.fault(call -> call.startsWith("POST /message-store/") && call.endsWith("/messages") ? 403 : 0);
        assertThatThrownBy(() -> again.store("minutes of no meeting")).isInstanceOf(DeniedException.class);
        gateway.fault(call -> 0);
        again.store("minutes of the fourth meeting");
        SearchResult found = again.search("minutes", 10);
        assertThat(texts(found)).hasSize(4);
        assertThat(found.missing()).isZero();
    }

    /** Octets that are no UTF-8 are three times as long as text. */
    @Test
    void a_text_that_is_none_does_not_hold_up_the_others() {
        Sekisho alice = participant("alice");
        Group group = alice.createGroup(GroupPolicy.withDefaults("team").withLimits(100, 1 << 20));
        byte[] none = new byte[400_000];
        Arrays.fill(none, (byte) 0xff);
        group.send("text/plain", none);
        group.store("minutes of the founding");
        assertThat(texts(group.search("founding", 10))).containsExactly("minutes of the founding");
    }

    @Test
    void one_page_fetches_so_many_stored_texts_and_the_next_goes_on() {
        Sekisho alice = participant("alice");
        Group group = alice.createGroup(GroupPolicy.withDefaults("team").withHistory(History.FULL));
        for (int i = 0; i < 12; i++) {
            group.store("minutes " + i);
        }
        group.index();
        Sekisho bob = participant("bob", PATIENT.with(SearchSettings.DEFAULTS.withFetched(5)));
        Group bobs = join(alice, group, bob);
        group.store("minutes 12");
        group.index();
        await().atMost(SOON).until(() -> texts(bobs.search("minutes 0", 1)).size() == 1);
        AtomicInteger fetched = new AtomicInteger();
        AtomicInteger statements = new AtomicInteger();
        gateway.fault(call -> {
            boolean store = call.startsWith("GET /message-store/");
            fetched.addAndGet(store && call.contains("/messages/") ? 1 : 0);
            statements.addAndGet(store && call.endsWith("/statements") ? 1 : 0);
            return 0;
        });
        List<String> all = new ArrayList<>();
        Optional<Cursor> next = Optional.empty();
        do {
            int before = fetched.get();
            SearchResult page = bobs.search("minutes", 500, next);
            assertThat(fetched.get() - before).isLessThanOrEqualTo(5);
            assertThat(page.missing()).isZero();
            all.addAll(texts(page));
            next = page.next();
        } while (next.isPresent());
        assertThat(all).hasSize(13).doesNotHaveDuplicates();
        assertThat(fetched.get()).isBetween(12, 13);
        // what they are verified with is not read for each
        assertThat(statements.get()).isLessThan(12);
        // again: nothing is fetched
        assertThat(texts(bobs.search("minutes", 500))).hasSize(13);
        assertThat(fetched.get()).isLessThanOrEqualTo(13);
    }

    @Test
    void what_is_not_there_is_not_asked_for_again_and_again() {
        Sekisho alice = participant("alice");
        Group group = alice.createGroup(GroupPolicy.withDefaults("team").withHistory(History.FULL));
        for (int i = 0; i < 4; i++) {
            group.stored().delete(group.store("minutes " + i).message());
        }
        group.index();
        Sekisho bob = participant("bob");
        Group bobs = join(alice, group, bob);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(bobs.search("minutes", 10).missing()).isEqualTo(4));
        AtomicInteger fetched = new AtomicInteger();
        gateway.fault(call -> {
            fetched.addAndGet(call.startsWith("GET /message-store/") && call.contains("/messages/") ? 1 : 0);
            return 0;
        });
        assertThat(bobs.search("minutes", 10).missing()).isEqualTo(4);
        assertThat(fetched.get()).isZero();
    }
}
