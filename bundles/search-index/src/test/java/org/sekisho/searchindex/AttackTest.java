// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sekisho.api.ConflictException;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.History;
import org.sekisho.api.searchindex.IndexAnswer;
import org.sekisho.api.searchindex.IndexAnswer.Found;
import org.sekisho.api.searchindex.IndexQuery;
import org.sekisho.api.searchindex.IndexQuery.Lookup;
import org.sekisho.api.store.Table;
import org.sekisho.crypto.search.CohortKey;
import org.sekisho.crypto.search.SegmentCipher;
import org.sekisho.searchindex.protocol.IndexLog;
import org.sekisho.searchindex.protocol.Keyring;
import org.sekisho.searchindex.protocol.MemberRecords;
import org.sekisho.searchindex.protocol.SearchOptions;
import org.sekisho.searchindex.protocol.SegmentWriter;
import org.sekisho.searchindex.text.Document;
import org.sekisho.searchindex.text.QueryParser;
import org.sekisho.searchindex.text.Tokeniser;
import org.sekisho.searchindex.wire.Entry;
import org.sekisho.searchindex.wire.Manifest;
import org.sekisho.searchindex.wire.Replaced;
import org.sekisho.searchindex.wire.SegmentFile;
import org.sekisho.searchindex.wire.Stand;
import org.sekisho.searchindex.wire.Tombstone;

/** What a malicious gateway, writer or former member tries (protocol note 5 and its corrections). */
class AttackTest {

    private final List<IndexQuery> asked = new ArrayList<>();

    /** Sees all that the gateway sees. */
    private TestGroup watched(History history, String... names) {
        TestGroup group = new TestGroup(history, 7, names);
        group.between = remote -> new RemoteGateway(group, remote.caller) {
            @Override
            public IndexAnswer search(IndexQuery query) {
                asked.add(query);
                return super.search(query);
            }
        };
        return group;
    }

    private static SegmentFile segment(TestGroup group, TestMember by, String... texts) {
        return segment(group, by, List.of(), texts);
    }

    private static SegmentFile segment(TestGroup group, TestMember by, List<Replaced> replaces, String... texts) {
        by.index().sync();
        var plan = new SegmentWriter.Plan(
                group.current(),
                group.current().cohort(),
                replaces.isEmpty() ? 0 : 1,
                1000,
                group.profile,
                false,
                Stream.of(texts)
                        .map(t -> by.index().item(by.compose(t, group.now)))
                        .toList(),
                replaces,
                List.of(),
                by.index().log().head());
        try (CohortKey key = by.keyring.key(group.current().cohort()).orElseThrow()) {
            return new SegmentWriter(group.id, by.leaf, by.key::sign, group.entropy).write(plan, key);
        }
    }

    private static void refused(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SekishoException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @Test
    void sse_old_token_matches_nothing_in_new_segment() {
        TestGroup group = watched(History.FULL, "owner", "bob");
        group.member("owner").write("secret plan");
        group.member("bob").find("secret");
        Set<Octets> old = new HashSet<>();
        asked.forEach(q -> q.lookups().forEach(l -> old.add(l.token())));
        group.member("owner").write("secret plan again");
        for (Manifest m : live(group)) {
            for (Octets token : old) {
                var answer = group.index.search(
                        group.member("bob").caller,
                        group.id,
                        new IndexQuery(List.of(new Lookup(m.segment(), token, 0, 10)), false));
                boolean itsOwn = asked.stream()
                        .flatMap(q -> q.lookups().stream())
                        .anyMatch(l ->
                                l.segment().equals(m.segment()) && l.token().equals(token));
                assertThat(answer.found().get(0).count() > 0).isEqualTo(itsOwn);
            }
        }
    }

    @Test
    void sse_counts_are_as_many_as_there_are_blocks() {
        TestGroup group = watched(History.FULL, "owner", "bob");
        TestMember owner = group.member("owner");
        List<Octets> said = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            String text = "common" + (i % 7 == 0 ? " seventh" : "") + (i % 50 == 0 ? " fiftieth" : "");
            said.add(owner.compose(text, group.now).id());
        }
        owner.index().add(said);
        owner.index().flush();
        owner.index().compact();
        group.member("bob").find("common OR seventh OR fiftieth");
        Set<Lookup> words = new HashSet<>();
        asked.forEach(q -> q.lookups().forEach(l -> words.add(new Lookup(l.segment(), l.token(), 0, 1))));
        int most = 0;
        for (Lookup word : words) {
            for (int from : new int[] {0, 1, 5}) {
                for (int limit = 1; limit < 40; limit++) {
                    var asks = List.of(new Lookup(word.segment(), word.token(), from, limit));
                    Found fetched = found(group, new IndexQuery(asks, false));
                    assertThat(found(group, new IndexQuery(asks, true)))
                            .isEqualTo(new Found(fetched.count(), fetched.more(), fetched.live(), List.of()));
                    most = Math.max(most, fetched.count());
                }
            }
        }
        assertThat(most).isGreaterThan(8);
    }

    private static Found found(TestGroup group, IndexQuery query) {
        return group.index
                .search(group.member("owner").caller, group.id, query)
                .found()
                .get(0);
    }

    private static List<Manifest> live(TestGroup group) {
        var index = group.members.values().iterator().next().index();
        index.sync();
        return index.log().live();
    }

    @Test
    void sse_removed_member_tokens_rejected_and_useless_on_new_cohort() {
        TestGroup group = watched(History.FULL, "owner", "bob", "carol");
        group.member("owner").write("before");
        TestMember gone = group.remove("bob");
        group.member("owner").write("after secret");
        refused(ErrorCode.NOT_A_MEMBER, () -> gone.find("secret"));
        assertThat(gone.keyring.key(group.current().cohort())).isEmpty();
        Manifest fresh = live(group).get(0);
        // with all keys he ever had, asked through a present member
        for (long cohort : gone.keyring.cohorts()) {
            try (CohortKey key = gone.keyring.key(cohort).orElseThrow();
                    SegmentCipher cipher = new SegmentCipher(key, group.id, fresh.segment(), fresh.writer())) {
                Octets token = Octets.of(cipher.token(Octets.concat(Octets.of((byte) 1), Octets.utf8("secret"))
                        .toByteArray()));
                assertThat(group.index
                                .search(
                                        group.member("owner").caller,
                                        group.id,
                                        new IndexQuery(List.of(new Lookup(fresh.segment(), token, 0, 5)), false))
                                .found())
                        .containsExactly(new Found(0, false, true, List.of()));
            }
        }
    }

    @Test
    void sse_ex_member_with_server_cannot_read_queries_after_removal() {
        TestGroup group = watched(History.FULL, "owner", "bob", "carol");
        group.member("owner").write("alpha beta");
        TestMember gone = group.remove("bob");
        group.member("owner").write("alpha gamma");
        asked.clear();
        assertThat(group.member("carol").find("alpha")).hasSize(2);
        assertThat(readBy(gone, group)).isEmpty();
        // written again under the new key, everything is asked for remotely, and still nothing is read
        assertThat(group.member("carol").index().compact()).isTrue();
        group.member("carol").find("alpha");
        assertThat(asked).hasSizeGreaterThan(1);
        assertThat(readBy(gone, group)).isEmpty();
        // the same with the policy that allows it is read: the test would notice
        TestGroup careless = watched(History.FULL, "owner", "bob", "carol");
        careless.options = new SearchOptions(true, false, 100);
        careless.member("owner").write("alpha beta");
        TestMember left = careless.remove("bob");
        asked.clear();
        careless.member("carol").find("alpha");
        assertThat(readBy(left, careless)).containsExactly("alpha");
    }

    /** Words of a dictionary that a former member recognises in what was asked, with all its keys and the log. */
    private Set<String> readBy(TestMember gone, TestGroup group) {
        Set<String> read = new HashSet<>();
        for (Manifest m : manifests(group)) {
            for (long cohort : gone.keyring.cohorts()) {
                try (CohortKey key = gone.keyring.key(cohort).orElseThrow();
                        SegmentCipher cipher = new SegmentCipher(key, group.id, m.segment(), m.writer())) {
                    for (String word : List.of("alpha", "beta", "gamma")) {
                        byte[] token = cipher.token(Octets.concat(Octets.of((byte) 1), Octets.utf8(word))
                                .toByteArray());
                        asked.stream()
                                .flatMap(q -> q.lookups().stream())
                                .filter(l -> l.token().equals(Octets.of(token)))
                                .forEach(l -> read.add(word));
                    }
                }
            }
        }
        return read;
    }

    private static List<Manifest> manifests(TestGroup group) {
        return group.index.log(group.member("owner").caller, group.id, 0, 100).stream()
                .map(e -> Entry.decode(e).statement())
                .filter(Manifest.class::isInstance)
                .map(Manifest.class::cast)
                .toList();
    }

    @Test
    void sse_from_join_newcomer_opens_no_older_directory_or_segment() {
        TestGroup group = watched(History.FROM_JOIN, "owner", "bob");
        group.member("owner").write("old secret");
        long old = group.current().cohort();
        TestMember dave = group.add("dave");
        group.member("owner").write("new secret");
        assertThat(dave.keyring.entries()).contains(old);
        assertThat(dave.keyring.cohorts()).doesNotContain(old);
        assertThat(dave.find("secret")).containsExactly("new secret");
        assertThat(dave.page("secret", 5).unread()).isEqualTo(1);
        assertThat(group.member("bob").find("secret")).hasSize(2);
        // also when a removal made members write the old ones again under the newest key
        group.remove("bob");
        while (group.member("owner").index().compact()) {
            // until nothing is exposed
        }
        assertThat(live(group)).allMatch(m -> m.keyCohort() == group.current().cohort());
        assertThat(group.member("owner").find("secret")).hasSize(2);
        assertThat(dave.find("secret")).containsExactly("new secret");
        assertThat(dave.keyring.base(old, group.current().cohort(), History.FROM_JOIN))
                .isEmpty();
        // what is granted is found
        try (SecretBytes join = org.sekisho.crypto.search.RingSeal.joinKey(group.exporter(1), group.id, old)) {
            dave.keyring.grant(old, join);
        }
        assertThat(dave.find("secret")).hasSize(2);
    }

    @Test
    void sse_deleted_message_not_fetched_and_not_revealed() {
        TestGroup group = watched(History.FULL, "owner", "bob");
        Document document = group.member("bob").write("regrettable");
        group.member("owner").index().delete(document.id());
        group.messages.remove(document.id());
        var page = group.member("bob").page("regrettable", 5);
        assertThat(page.hits()).isEmpty();
        assertThat(page.unresolved()).as("looked up").isZero();
    }

    @Test
    void sse_forged_tombstone_ignored() {
        TestGroup group = watched(History.FULL, "owner", "bob", "carol");
        Document document = group.member("owner").write("keep this");
        // by a member who neither sent it nor is an administrator
        group.member("bob").index().delete(document.id());
        assertThat(group.member("carol").find("keep")).hasSize(1);
        for (int i = 0; i < 15; i++) {
            group.member("owner").write("filler " + i);
        }
        assertThat(group.member("carol").index().compact()).isTrue();
        assertThat(group.member("carol").find("keep")).hasSize(1);
        // by nobody
        var forged = Entry.of(
                new Tombstone(
                        new Stand(
                                group.id,
                                group.member("owner").leaf,
                                group.current().epochHash(),
                                group.current().rosterHash()),
                        document.id()),
                (label, bytes) -> Octets.of(new byte[64]));
        refused(
                ErrorCode.POLICY_VIOLATION,
                () -> group.writing.append(group.member("owner").caller, group.id, forged.encoded()));
        var log = new IndexLog(group.id, group.facts);
        assertThat(log.take(forged.encoded())).isTrue();
        assertThat(log.ignored()).isEqualTo(1);
        assertThat(log.deleted(document.id(), document.sender())).isFalse();
    }

    @Test
    void sse_compaction_crash_leaves_old_segments_live() {
        TestGroup group = watched(History.FULL, "owner", "bob");
        for (int i = 0; i < 16; i++) {
            group.member("owner").write("line " + i);
        }
        var dies = new RemoteGateway(group, group.member("bob").caller) {
            @Override
            public void publish(SegmentFile segment, long fence) {
                throw new IllegalStateException("killed");
            }
        };
        var index = group.member("bob").fresh(dies, SearchOptions.DEFAULT, MemberRecords.inMemory());
        assertThatThrownBy(index::compact).hasMessage("killed");
        assertThat(group.member("owner").find("line")).hasSize(16);
        assertThat(live(group)).hasSize(16);
        group.now = group.now.plus(GatewayWriting.LEASE);
        assertThat(group.member("owner").index().compact()).isTrue();
        assertThat(live(group)).hasSize(1);
        assertThat(group.member("bob").find("line")).hasSize(16);
    }

    @Test
    void sse_compaction_double_lease_fenced() {
        TestGroup group = watched(History.FULL, "owner", "bob");
        for (int i = 0; i < 16; i++) {
            group.member("owner").write("line " + i);
        }
        var slow = new RemoteGateway(group, group.member("bob").caller) {
            @Override
            public void publish(SegmentFile segment, long fence) {
                // meanwhile the lease ends and somebody else does it
                assertThat(group.member("owner").index().compact()).isFalse();
                group.now = group.now.plus(GatewayWriting.LEASE);
                assertThat(group.member("owner").index().compact()).isTrue();
                super.publish(segment, fence);
            }
        };
        var index = group.member("bob").fresh(slow, SearchOptions.DEFAULT, MemberRecords.inMemory());
        refused(ErrorCode.PRECONDITION_FAILED, index::compact);
        assertThat(live(group)).hasSize(1);
        assertThat(group.member("bob").find("line")).hasSize(16);
    }

    @Test
    void sse_compaction_rekeys_to_newest_cohort() {
        TestGroup group = watched(History.FULL, "owner", "bob", "carol");
        group.member("owner").write("one");
        group.remove("bob");
        group.member("owner").write("two");
        while (group.member("carol").index().compact()) {
            // until nothing is exposed
        }
        assertThat(live(group))
                .hasSize(2)
                .allMatch(m -> m.keyCohort() == group.current().cohort());
        assertThat(group.index
                        .indexStatus(group.member("carol").caller, group.id)
                        .oldCohorts())
                .isZero();
    }

    @Test
    void sse_unsigned_or_foreign_manifest_ignored() {
        TestGroup group = watched(History.FULL, "owner", "bob", "carol");
        TestMember bob = group.member("bob");
        SegmentFile good = segment(group, bob, "text");
        Manifest m = good.manifest();
        TestMember gone = group.remove("carol");
        Entry late = segment(group, bob, "more").entry();
        List<Entry> bad = List.of(
                Entry.of(m, (label, bytes) -> Octets.of(new byte[64])),
                // signed by another member than it names
                Entry.of(m, group.member("owner").key::sign),
                // by a member who was removed, in the epoch without it
                Entry.of(
                        new Manifest(
                                new Stand(
                                        group.id,
                                        gone.leaf,
                                        group.current().epochHash(),
                                        group.current().rosterHash()),
                                m.segment(),
                                group.current().cohort(),
                                group.current().cohort(),
                                0,
                                1,
                                1,
                                m.profile(),
                                0,
                                m.rows(),
                                m.rowsHash(),
                                m.directorySize(),
                                m.directoryHash(),
                                List.of(),
                                List.of(),
                                m.seen()),
                        gone.key::sign),
                // for the new cohort in the name of the old epoch
                Entry.of(
                        new Manifest(
                                m.stand(),
                                m.segment(),
                                1,
                                1,
                                0,
                                1,
                                1,
                                m.profile(),
                                0,
                                m.rows(),
                                m.rowsHash(),
                                m.directorySize(),
                                m.directoryHash(),
                                List.of(),
                                List.of(),
                                m.seen()),
                        bob.key::sign));
        var log = new IndexLog(group.id, group.facts);
        bad.forEach(entry -> assertThat(log.take(entry.encoded())).isTrue());
        assertThat(log.take(Octets.utf8("garbage"))).isTrue();
        assertThat(log.ignored()).isEqualTo(5);
        assertThat(log.live()).isEmpty();
        // the good one, too late: a newer cohort has written already
        var next = new IndexLog(group.id, group.facts);
        assertThat(next.take(late.encoded())).isTrue();
        assertThat(next.take(good.entry().encoded())).isTrue();
        assertThat(next.ignored()).isEqualTo(1);
        refused(ErrorCode.STALE_EPOCH, () -> group.writing.publish(bob.caller, group.id, good.encode(), 0));
    }

    @Test
    void sse_row_swap_between_segments_fails_aad() {
        TestGroup group = watched(History.FULL, "owner", "bob");
        group.member("owner").write("alpha");
        group.member("owner").write("alpha");
        var swapping = new RemoteGateway(group, group.member("bob").caller) {
            @Override
            public IndexAnswer search(IndexQuery query) {
                IndexAnswer honest = super.search(query);
                var other = new ArrayList<>(honest.found());
                java.util.Collections.reverse(other);
                return new IndexAnswer(other, honest.head());
            }
        };
        var page = group.member("bob")
                .fresh(swapping, SearchOptions.DEFAULT, MemberRecords.inMemory())
                .search(QueryParser.parse("alpha"), 5, Optional.empty());
        assertThat(page.hits()).isEmpty();
        assertThat(page.damaged()).isEqualTo(2);
    }

    @Test
    void sse_update_transcripts_indistinguishable_for_equal_and_different_keywords() {
        TestGroup group = watched(History.FULL, "owner", "bob");
        Set<Octets> labels = new HashSet<>();
        int rows = 0;
        int[] ones = new int[128];
        for (int i = 0; i < 200; i++) {
            SegmentFile file = segment(group, group.member("owner"), i % 2 == 0 ? "same same" : "other" + i);
            assertThat(file.manifest().rows()).isEqualTo(8);
            assertThat(file.directory().size()).isEqualTo(4096 + 16);
            byte[] bytes = file.rows().toByteArray();
            for (int at = 0; at < bytes.length; at += 52) {
                rows++;
                labels.add(Octets.of(bytes, at, 16));
                for (int b = 0; b < 128; b++) {
                    ones[b] += bytes[at + b / 8] >>> b % 8 & 1;
                }
            }
        }
        assertThat(labels).hasSize(rows);
        for (int one : ones) {
            // five standard deviations
            assertThat(Math.abs(one - rows / 2.0)).isLessThan(5 * Math.sqrt(rows) / 2);
        }
    }

    @Test
    void sse_dropping_compaction_detected_and_reverted() {
        TestGroup group = watched(History.FULL, "owner", "bob", "carol");
        TestMember bob = group.member("bob");
        for (int i = 0; i < 16; i++) {
            group.member("owner").write("evidence " + i);
        }
        bob.index().sync();
        List<Replaced> all = bob.index().log().live().stream()
                .map(m -> new Replaced(m.segment(), m.directoryHash()))
                .toList();
        SegmentFile dropping = segment(group, bob, all, "nothing to see here");
        long fence =
                group.writing.lease(bob.caller, group.id, 1, 0).orElseThrow().fence();
        group.writing.publish(bob.caller, group.id, dropping.encode(), fence);
        assertThat(group.member("carol").find("evidence")).isEmpty();
        // he cannot cover it by merging again
        SegmentFile again = segment(
                group,
                bob,
                List.of(new Replaced(
                        dropping.manifest().segment(), dropping.manifest().directoryHash())),
                "x");
        refused(ErrorCode.POLICY_VIOLATION, () -> group.writing.publish(bob.caller, group.id, again.encode(), fence));

        assertThat(group.member("carol").index().audit()).isTrue();
        assertThat(group.member("carol").find("evidence")).hasSize(16);
        assertThat(group.member("owner").find("evidence")).hasSize(16);
        assertThat(live(group)).hasSize(16);
    }

    @Test
    void an_honest_compaction_passes_its_audit_and_is_swept() {
        TestGroup group = watched(History.FULL, "owner", "bob");
        for (int i = 0; i < 16; i++) {
            group.member("owner").write("line " + i);
        }
        assertThat(group.member("bob").index().compact()).isTrue();
        assertThat(group.sweep.run()).isZero();
        assertThat(group.member("owner").index().audit()).isTrue();
        assertThat(group.sweep.run()).isEqualTo(16);
        assertThat(group.member("owner").find("line")).hasSize(16);
        long pages = group.rows.read(IndexRows.scope(group.id), tx -> tx.count(Table.INDEX_PAGE, Octets.EMPTY));
        assertThat(pages).isEqualTo(Math.max(1, live(group).get(0).rows() / 32));
    }

    @Test
    void a_segment_that_does_not_open_holds_up_nobody() {
        TestGroup group = watched(History.FULL, "owner", "bob");
        for (int i = 0; i < 20; i++) {
            group.member("owner").write("line " + i);
        }
        Octets hidden = live(group).get(19).segment();
        var hiding = new RemoteGateway(group, group.member("bob").caller) {
            @Override
            public Optional<Octets> directory(Octets segment, int offset) {
                return segment.equals(hidden) ? Optional.empty() : super.directory(segment, offset);
            }
        };
        var index = group.member("bob").fresh(hiding, SearchOptions.DEFAULT, MemberRecords.inMemory());
        assertThat(index.compact()).isFalse();
        assertThat(index.compact()).isTrue();
        assertThat(group.member("owner").find("line")).hasSize(20);
    }

    @Test
    void sse_rolled_back_log_refused() {
        TestGroup group = watched(History.FULL, "owner", "bob");
        group.member("owner").write("one");
        group.member("bob").index().sync();
        // another group of the same name and members: its log is another
        Octets first =
                group.index.log(group.member("bob").caller, group.id, 0, 1).get(0);
        group.member("owner").write("two");
        Octets second =
                group.index.log(group.member("bob").caller, group.id, 1, 1).get(0);
        // somebody is shown a log without the first entry, with something else in its place
        var fooled = new IndexLog(group.id, group.facts);
        fooled.take(Octets.utf8("something else"));
        assertThatThrownBy(() -> fooled.take(second))
                .isInstanceOfSatisfying(
                        ConflictException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORK_DETECTED));
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void sse_dead_segment_not_queried() {
        TestGroup group = watched(History.FULL, "owner", "bob");
        for (int i = 0; i < 16; i++) {
            group.member("owner").write("line " + i);
        }
        Set<Octets> old = new HashSet<>();
        live(group).forEach(m -> old.add(m.segment()));
        group.member("bob").index().compact();
        group.member("owner").index().sync();
        asked.clear();
        group.member("owner").find("line");
        assertThat(asked).isNotEmpty();
        assertThat(asked).allSatisfy(q -> assertThat(q.lookups()).noneMatch(l -> old.contains(l.segment())));
        // and not answered either
        Octets some = old.iterator().next();
        assertThat(group.index
                        .search(
                                group.member("bob").caller,
                                group.id,
                                new IndexQuery(List.of(new Lookup(some, Octets.of(new byte[32]), 0, 1)), false))
                        .found())
                .containsExactly(Found.GONE);
    }

    @Test
    void a_lost_answer_is_sent_again_octet_by_octet() {
        TestGroup group = watched(History.FULL, "owner", "bob");
        List<Octets> sent = new ArrayList<>();
        var losing = new RemoteGateway(group, group.member("owner").caller) {
            @Override
            public void publish(SegmentFile segment, long fence) {
                sent.add(segment.encode());
                super.publish(segment, fence);
                if (sent.size() == 1) {
                    throw new org.sekisho.api.IndeterminateException(ErrorCode.OUTCOME_UNKNOWN, "the answer was lost");
                }
            }
        };
        var records = MemberRecords.inMemory();
        var index = group.member("owner").fresh(losing, SearchOptions.DEFAULT, records);
        Document document = group.member("owner").compose("only once", group.now);
        index.add(List.of(document.id()));
        assertThatThrownBy(index::flush).isInstanceOf(org.sekisho.api.IndeterminateException.class);
        // killed here, another object goes on
        group.member("owner").fresh(losing, SearchOptions.DEFAULT, records).flush();
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0)).isEqualTo(sent.get(1));
        assertThat(group.member("bob").find("once")).hasSize(1);
        assertThat(live(group)).hasSize(1);
        // the same identifier with other octets
        SegmentFile file = SegmentFile.decode(sent.get(0));
        Manifest m = file.manifest();
        Entry other = Entry.of(
                new Manifest(
                        m.stand(),
                        m.segment(),
                        m.cohort(),
                        m.keyCohort(),
                        0,
                        m.createdAt() + 1,
                        m.baseMinute(),
                        m.profile(),
                        0,
                        m.rows(),
                        m.rowsHash(),
                        m.directorySize(),
                        m.directoryHash(),
                        List.of(),
                        List.of(),
                        m.seen()),
                group.member("owner").key::sign);
        refused(
                ErrorCode.ALREADY_EXISTS,
                () -> group.writing.publish(
                        group.member("owner").caller,
                        group.id,
                        new SegmentFile(other, file.rows(), file.directory()).encode(),
                        0));
    }

    @Test
    void a_segment_made_before_a_removal_is_made_again_for_the_new_cohort() {
        TestGroup group = watched(History.FULL, "owner", "bob", "carol");
        TestMember owner = group.member("owner");
        var records = MemberRecords.inMemory();
        var cut = new RemoteGateway(group, owner.caller) {
            @Override
            public void publish(SegmentFile segment, long fence) {
                throw new org.sekisho.api.UnavailableException(ErrorCode.GATEWAY_UNREACHABLE, "cut off");
            }
        };
        Document document = owner.compose("late words", group.now);
        var offline = owner.fresh(cut, SearchOptions.DEFAULT, records);
        offline.add(List.of(document.id()));
        assertThatThrownBy(offline::flush).isInstanceOf(org.sekisho.api.UnavailableException.class);
        Octets first = records.outbox().get(0).key();
        group.remove("bob");
        owner.fresh(new RemoteGateway(group, owner.caller), SearchOptions.DEFAULT, records)
                .flush();
        assertThat(group.member("carol").find("late")).hasSize(1);
        assertThat(live(group)).hasSize(1).noneMatch(m -> m.segment().equals(first));
        assertThat(live(group).get(0).keyCohort()).isEqualTo(group.current().cohort());
    }

    @Test
    void a_ring_that_lacks_or_changes_a_key_is_refused() {
        TestGroup group = watched(History.FULL, "owner", "bob", "carol");
        group.remove("carol");
        Keyring known = group.member("bob").keyring;
        Keyring poorer = new Keyring(group.id);
        poorer.add(group.current().cohort(), known.key(group.current().cohort()).orElseThrow());
        Keyring other = new Keyring(group.id);
        known.cohorts().forEach(c -> other.add(c, new CohortKey(SecretBytes.copyOf(group.entropy.next(32)))));
        for (Keyring bad : List.of(poorer, other)) {
            try (SecretBytes ring = bad.ring()) {
                refused(ErrorCode.FORK_DETECTED, () -> known.absorb(ring));
            }
        }
        assertThat(known.cohorts()).hasSize(2);
    }

    @Test
    void outsiders_get_nothing() {
        TestGroup group = watched(History.FULL, "owner");
        group.member("owner").write("text");
        TestMember stranger = new TestMember(group, "stranger", group.member("owner").key);
        var query = new IndexQuery(List.of(), false);
        List<org.assertj.core.api.ThrowableAssert.ThrowingCallable> calls = List.of(
                () -> group.index.search(stranger.caller, group.id, query),
                () -> group.index.log(stranger.caller, group.id, 0, 10),
                () -> group.index.ring(stranger.caller, group.id),
                () -> group.index.indexStatus(stranger.caller, group.id),
                () -> group.index.leakage(stranger.caller, group.id),
                () -> group.writing.lease(stranger.caller, group.id, 0, 0),
                () -> group.writing.append(stranger.caller, group.id, Octets.EMPTY));
        calls.forEach(call -> assertThatThrownBy(call).isInstanceOf(DeniedException.class));
    }

    @Test
    void the_meter_counts_what_repeats() {
        TestGroup group = watched(History.FULL, "owner", "bob");
        group.member("owner").write("alpha beta");
        group.member("owner").write("alpha");
        group.member("bob").find("alpha");
        group.member("bob").find("alpha");
        group.member("bob").find("alpha beta");
        var leakage = group.index.leakage(group.member("owner").caller, group.id);
        assertThat(leakage.queries()).isEqualTo(4);
        assertThat(leakage.repeatedWords()).isPositive();
        assertThat(leakage.togetherWords()).isEqualTo(2);
        assertThat(leakage.topRepeated().get(0).times()).isGreaterThanOrEqualTo(3);
        assertThat(leakage.writers()).hasSize(1);
        assertThat(leakage.writers().get(0).segments()).isEqualTo(2);
        assertThat(leakage.toString()).doesNotContain("alpha");
        assertThat(new Tokeniser(group.profile).profile().flags()).isEqualTo(3);
        assertThat(new GroupId(group.id.value())).isEqualTo(leakage.group());
    }
}
