// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Registration;
import org.sekisho.api.RejectedException;
import org.sekisho.api.SekishoException;
import org.sekisho.api.groups.Receipt;
import org.sekisho.client.gateway.TestGateway;

/** The SDK against a gateway over HTTPS, as an application uses it. */
class SekishoTest {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final char[] PASSWORD = "correct horse".toCharArray();

    /** These tests share their machine with others. */
    private static final SekishoOptions PATIENT =
            SekishoOptions.DEFAULTS.withPatience(Duration.ofSeconds(90)).withRetry(Duration.ofSeconds(90));

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

    private LeafId enrol(String name) {
        return Enrolment.at(gateway.uri(), authority)
                .redeem(gateway.token(name).token(), folder.resolve(name + ".p12"), PASSWORD, folder.resolve(name));
    }

    private Sekisho connect(String name, SekishoOptions options) {
        Sekisho sekisho =
                Sekisho.connect(gateway.uri(), folder.resolve(name + ".p12"), PASSWORD, folder.resolve(name), options);
        open.add(sekisho);
        return sekisho;
    }

    private Sekisho participant(String name) {
        enrol(name);
        return connect(name, PATIENT);
    }

    @Test
    void ten_lines() throws Exception {
        LeafId bob = enrol("bob");
        LeafId alice = enrol("alice");
        Path identity = folder.resolve("alice.p12");
        Path state = folder.resolve("alice");
        List<String> heard = new CopyOnWriteArrayList<>();
        Sekisho friend = connect("bob", PATIENT);
        friend.onInvitation(i -> i.accept().onMessage(m -> heard.add(m.text())));

        try (Sekisho sekisho = Sekisho.connect(gateway.uri(), identity, PASSWORD, state)) {
            Group group = sekisho.createGroup(GroupPolicy.withDefaults("team"));
            group.onMessage(m -> heard.add(m.sender() + ": " + m.text()));
            group.invite(bob);
            group.awaitMember(bob);
            group.send("hello");
            await().atMost(SOON).until(() -> heard.contains("hello"));
            group.remove(bob);
            group.send("he is gone");
            assertThat(group.members()).containsExactly(alice);
        }
        assertThat(heard).containsExactly("hello");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void who_was_away_for_too_long_is_told_and_invited_anew(boolean streaming) {
        SekishoOptions options = streaming ? PATIENT.withStreaming() : PATIENT;
        enrol("alice");
        LeafId bobLeaf = enrol("bob");
        Group group = connect("alice", options).createGroup(GroupPolicy.withDefaults("team"));
        try (Sekisho bob = connect("bob", options)) {
            bob.onInvitation(i -> i.accept());
            group.invite(bobLeaf);
            group.awaitMember(bobLeaf);
            await().atMost(SOON)
                    .until(() -> !bob.groups().isEmpty() && bob.groups().get(0).epoch() == group.epoch());
        }
        group.send("not read");
        gateway.host().forget();
        gateway.liveOn(Duration.ofDays(30));
        gateway.host().forget();

        List<String> alarms = new CopyOnWriteArrayList<>();
        List<String> heard = new CopyOnWriteArrayList<>();
        Sekisho bob = connect("bob", options);
        bob.groups().get(0).onAlarm(alarm -> alarms.add(alarm.kind()));
        await().atMost(SOON).until(() -> alarms.contains("LOG_EXPIRED"));
        bob.onInvitation(i -> i.accept());
        bob.groups().get(0).onMessage(m -> heard.add(m.text()));
        group.remove(bobLeaf);
        group.invite(bobLeaf);
        group.awaitMember(bobLeaf);
        group.send("welcome");
        await().atMost(SOON).until(() -> heard.contains("welcome"));
        assertThat(heard).containsExactly("welcome");
        assertThat(alarms).containsExactly("LOG_EXPIRED");
    }

    @Test
    void who_does_not_listen_to_messages_still_hears_the_rest() {
        enrol("alice");
        LeafId bobLeaf = enrol("bob");
        Group group = connect("alice", PATIENT).createGroup(GroupPolicy.withDefaults("team"));
        connect("bob", PATIENT).onInvitation(i -> {
            Group joined = i.accept();
            joined.onEpoch(e -> IntStream.range(0, 30).forEach(n -> joined.send(e.epoch() + " unheard " + n)));
        });
        group.invite(bobLeaf);
        group.awaitMember(bobLeaf);
        List<Long> epochs = new CopyOnWriteArrayList<>();
        group.onEpoch(e -> epochs.add(e.epoch()));
        await().atMost(SOON).until(() -> group.view().cursor() > 30);
        long epoch = group.epoch();
        group.renew();
        await().atMost(SOON).until(() -> epochs.contains(epoch + 1));

        // who stops to listen in the middle leaves the rest to who comes next
        List<String> heard = new CopyOnWriteArrayList<>();
        List<Registration> mine = new CopyOnWriteArrayList<>();
        CountDownLatch registered = new CountDownLatch(1);
        mine.add(group.onMessage(m -> {
            heard.add(m.text());
            awaitQuietly(registered);
            mine.get(0).close();
        }));
        registered.countDown();
        await().atMost(SOON).until(() -> heard.size() == 1);
        group.onMessage(m -> heard.add(m.text()));
        await().atMost(SOON).until(() -> heard.size() >= 30);
        assertThat(List.copyOf(heard).subList(0, 30))
                .isEqualTo(
                        IntStream.range(0, 30).mapToObj(n -> "2 unheard " + n).toList());
    }

    @Test
    void who_begins_to_listen_in_between_hears_what_waited_first() {
        enrol("alice");
        LeafId bobLeaf = enrol("bob");
        Group group = connect("alice", PATIENT).createGroup(GroupPolicy.withDefaults("team"));
        AtomicLong quiet = new AtomicLong();
        List<Receipt> said = new CopyOnWriteArrayList<>();
        connect("bob", PATIENT).onInvitation(i -> {
            Group joined = i.accept();
            joined.onEpoch(e -> {
                if (e.epoch() != quiet.get()) {
                    said.add(joined.send("in " + e.epoch()));
                }
            });
        });
        group.invite(bobLeaf);
        group.awaitMember(bobLeaf);
        long first = group.epoch();
        quiet.set(first + 1);
        List<String> heard = new CopyOnWriteArrayList<>();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        group.onEpoch(e -> {
            if (e.epoch() == first + 1) {
                held.countDown();
                awaitQuietly(go);
            } else if (e.epoch() == first + 2) {
                group.onMessage(m -> heard.add(m.text()));
            }
        });
        awaitSaid(group, said, 1);
        group.renew();
        awaitQuietly(held);
        group.renew();
        awaitSaid(group, said, 2);
        go.countDown();
        await().atMost(SOON).until(() -> heard.size() == 2);
        assertThat(heard).containsExactly("in " + first, "in " + (first + 2));
    }

    private static void awaitSaid(Group reader, List<Receipt> said, int count) {
        await().atMost(SOON)
                .until(() -> said.size() == count
                        && reader.view().cursor() >= said.get(count - 1).n());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void messages_go_both_ways(boolean streaming) {
        SekishoOptions options = streaming ? PATIENT.withStreaming() : PATIENT;
        enrol("alice");
        LeafId bobLeaf = enrol("bob");
        Sekisho alice = connect("alice", options);
        Sekisho bob = connect("bob", options);
        List<String> toAlice = new CopyOnWriteArrayList<>();
        List<String> toBob = new CopyOnWriteArrayList<>();
        Group group = alice.createGroup(GroupPolicy.withDefaults("team"));
        group.onMessage(m -> toAlice.add(m.text()));
        bob.onInvitation(i -> i.accept().onMessage(m -> toBob.add(m.text())));
        group.invite(bobLeaf);
        group.awaitMember(bobLeaf);
        for (int i = 0; i < 20; i++) {
            group.send("a" + i);
        }
        await().atMost(SOON).until(() -> toBob.size() == 20);
        Group same = bob.groups().get(0);
        for (int i = 0; i < 20; i++) {
            same.send("b" + i);
        }
        await().atMost(SOON).until(() -> toAlice.size() == 20);
        assertThat(toBob).startsWith("a0", "a1").endsWith("a19");
        assertThat(same.safetyNumber()).isEqualTo(group.safetyNumber());
    }

    @Test
    void a_live_group_moves_to_another_scheme_and_back() throws Exception {
        Sekisho alice = participant("alice");
        LeafId bobLeaf = enrol("bob");
        Sekisho bob = connect("bob", PATIENT);
        List<String> heard = new CopyOnWriteArrayList<>();
        List<String> stages = new CopyOnWriteArrayList<>();
        bob.onInvitation(i -> i.accept().onMessage(m -> heard.add(m.text())));
        List<String> both = List.of("two-random", "key-derivation");
        Group group = alice.createGroup(GroupPolicy.withDefaults("team").withAllowedSchemes(both));
        group.onSchemeSwitch(s -> stages.add(s.stage() + " " + s.to()));
        group.invite(bobLeaf);
        group.awaitMember(bobLeaf);
        group.send("one");
        // epochs that come while the order is on its way do not matter
        group.rotate();
        group.renew();
        group.switchScheme("key-derivation");
        assertThat(group.scheme()).isEqualTo("key-derivation");
        group.send("two");
        await().atMost(SOON).until(() -> heard.contains("two"));
        group.switchSchemeAsync("two-random").get();
        group.send("three");
        await().atMost(SOON).until(() -> heard.size() == 3);
        assertThat(bob.groups().get(0).scheme()).isEqualTo("two-random");
        await().atMost(SOON).until(() -> stages.size() == 4);
        assertThat(stages)
                .containsExactly("BEGUN key-derivation", "DONE key-derivation", "BEGUN two-random", "DONE two-random");
    }

    @Test
    void asynchronous_calls_complete() throws Exception {
        Sekisho alice = participant("alice");
        Sekisho bob = participant("bob");
        bob.onInvitation(ReceivedInvitation::acceptAsync);
        Group group = alice.createGroupAsync(GroupPolicy.withDefaults("team")).get(90, TimeUnit.SECONDS);
        assertThat(group.inviteAsync(bob.leaf()).get(90, TimeUnit.SECONDS).members())
                .contains(bob.leaf());
        assertThat(group.sendAsync("hello").get(90, TimeUnit.SECONDS).n()).isPositive();
        assertThat(group.removeAsync(bob.leaf()).get(90, TimeUnit.SECONDS).members())
                .containsExactly(alice.leaf());
    }

    @Test
    void gateway_that_goes_and_comes_back_loses_nothing() {
        Sekisho alice = participant("alice");
        Sekisho bob = participant("bob");
        List<String> heard = new CopyOnWriteArrayList<>();
        bob.onInvitation(i -> i.accept().onMessage(m -> heard.add(m.text())));
        Group group = alice.createGroup(GroupPolicy.withDefaults("team"));
        group.invite(bob.leaf());
        group.awaitMember(bob.leaf());
        gateway.stop();
        var one = group.sendAsync("one");
        var two = group.sendAsync("two");
        group.renew();
        gateway.start();
        one.join();
        two.join();
        await().atMost(SOON).until(() -> heard.equals(List.of("one", "two")));
        group.awaitEpoch(3);
    }

    @Test
    void lost_answers_and_errors_are_retried_without_doubling() {
        Sekisho alice = participant("alice");
        Sekisho bob = participant("bob");
        List<String> heard = new CopyOnWriteArrayList<>();
        bob.onInvitation(i -> i.accept().onMessage(m -> heard.add(m.text())));
        Group group = alice.createGroup(GroupPolicy.withDefaults("team"));
        group.invite(bob.leaf());
        group.awaitMember(bob.leaf());
        int[] count = {0};
        gateway.fault(path -> {
            synchronized (count) {
                int n = count[0]++;
                return n % 3 == 0 ? 0 : n % 3 == 1 ? -1 : 503;
            }
        });
        for (int i = 0; i < 5; i++) {
            group.send("m" + i);
        }
        gateway.fault(path -> 0);
        await().atMost(SOON).until(() -> heard.size() >= 5);
        assertThat(heard).containsExactly("m0", "m1", "m2", "m3", "m4");
    }

    @Test
    void session_goes_on_where_the_last_one_ended() {
        Sekisho alice = participant("alice");
        Sekisho bob = participant("bob");
        bob.onInvitation(ReceivedInvitation::accept);
        Group group = alice.createGroup(GroupPolicy.withDefaults("team"));
        group.invite(bob.leaf());
        group.awaitMember(bob.leaf());
        bob.close();
        group.send("while away");
        group.renew();
        group.awaitEpoch(3);
        group.send("later");
        Sekisho again = connect("bob", PATIENT);
        List<String> heard = new CopyOnWriteArrayList<>();
        again.group(group.id()).onMessage(m -> heard.add(m.text()));
        await().atMost(SOON).until(() -> heard.equals(List.of("while away", "later")));
        assertThat(again.group(group.id()).title()).isEqualTo("team");
    }

    @Test
    void directory_that_lies_about_an_inviter_is_not_believed() {
        Sekisho alice = participant("alice");
        Sekisho mallory = participant("mallory");
        Sekisho bob = participant("bob");
        var genuine = gateway.participant(alice.leaf()).orElseThrow();
        var other = gateway.participant(mallory.leaf()).orElseThrow();
        Group group = alice.createGroup(GroupPolicy.withDefaults("team"));
        // Alice's leaf with Mallory's key and certificate
        gateway.replace(new org.sekisho.api.directory.Participant(
                genuine.leaf(),
                genuine.name(),
                other.idKey(),
                other.hpkeKey(),
                other.certificate(),
                other.certHash(),
                other.issuerHash(),
                other.binding(),
                other.possession(),
                other.issuers(),
                other.fingerprint(),
                other.enrolledAt(),
                other.notAfter(),
                other.revokedAt()));
        group.invite(bob.leaf());
        await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> bob.invitations()
                .isEmpty());
    }

    @Test
    void token_works_once() {
        String token = gateway.token("carol").token();
        Enrolment enrolment = Enrolment.at(gateway.uri(), authority);
        enrolment.redeem(token, folder.resolve("carol.p12"), PASSWORD, folder.resolve("carol"));
        assertThatThrownBy(
                        () -> enrolment.redeem(token, folder.resolve("carol2.p12"), PASSWORD, folder.resolve("carol2")))
                .isInstanceOfSatisfying(
                        RejectedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_TOKEN));
        assertThat(folder.resolve("carol2.p12")).doesNotExist();
    }

    @Test
    void gateway_of_another_authority_is_refused() throws IOException {
        try (TestGateway other = new TestGateway()) {
            Enrolment enrolment = Enrolment.at(other.uri(), authority);
            assertThatThrownBy(() -> enrolment.redeem(
                            other.token("x").token(), folder.resolve("x.p12"), PASSWORD, folder.resolve("x")))
                    .isInstanceOfSatisfying(
                            SekishoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHENTICATED));
        }
    }

    @Test
    void wrong_password_is_told() {
        enrol("alice");
        assertThatThrownBy(() -> Sekisho.connect(
                        gateway.uri(), folder.resolve("alice.p12"), "no".toCharArray(), folder.resolve("alice")))
                .isInstanceOfSatisfying(
                        SekishoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHENTICATED));
    }
}
