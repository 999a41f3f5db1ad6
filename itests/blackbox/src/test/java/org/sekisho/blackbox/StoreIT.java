// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.History;
import org.sekisho.api.messagestore.JobView;
import org.sekisho.api.messagestore.StoredMessage;
import org.sekisho.api.messagestore.TokenState;
import org.sekisho.client.Group;
import org.sekisho.client.GroupPolicy;
import org.sekisho.client.SekishoAdmin;
import org.sekisho.client.SekishoOptions;
import org.sekisho.client.history.HistoryEntry;

/** Stored history on the real distribution: both policies, long messages, a kill in the middle of a job. */
class StoreIT {

    private static final int MESSAGES = Integer.getInteger("sekisho.store.messages", 600);
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final List<Person> people = new ArrayList<>();
    private Path home;
    private GatewayProcess gateway;
    private SekishoAdmin admin;

    @BeforeEach
    void boot() throws Exception {
        home = Files.createTempDirectory("sekisho-store");
        gateway = GatewayProcess.unpack(
                Path.of(System.getProperty("sekisho.distribution")), home.resolve("gateway"), Ports.free());
        gateway.start();
        gateway.awaitReady(Duration.ofSeconds(120));
        admin = SekishoAdmin.connect(gateway.root(), gateway.authority(), "admin", gateway.adminSecret());
    }

    @AfterEach
    void close() throws Exception {
        people.forEach(Person::close);
        admin.close();
        gateway.close();
        Path log = Files.createDirectories(Path.of("target", "gateway-logs")).resolve(home.getFileName() + ".log");
        Files.copy(gateway.home().resolve("data/log/karaf.log"), log);
        Demo.delete(home);
    }

    @Test
    void newcomersReadWhatThePolicySaysAndTheRemovedNothing() throws Exception {
        var out = new ByteArrayOutputStream();
        var leaks = new LeakScan();
        new DemoStore(gateway, admin, home, new PrintStream(out, true, StandardCharsets.UTF_8), leaks).run(25);
        assertThat(leaks.scan(gateway, home.resolve("heap.hprof"))).isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("FULL: the newcomer reads 27 of 27", "FROM_JOIN: the newcomer reads 1 of 27")
                .contains("NOT_A_MEMBER")
                .contains("cohort");
    }

    @Test
    void aKillInTheMiddleOfAJobLosesNothing() throws Exception {
        Person olga = enrol("olga", SekishoOptions.DEFAULTS.withStoring());
        Person peter = enrol("peter", SekishoOptions.DEFAULTS);
        Group group =
                olga.sekisho().createGroup(GroupPolicy.withDefaults("store").withHistory(History.FULL));
        olga.listen(group);
        join(group, peter);
        Thread second = new Thread(() -> store(peter.group(group.id()), MESSAGES / 2));
        second.start();
        store(group, MESSAGES - MESSAGES / 2);
        second.join();
        byte[] big = new byte[1 << 20];
        java.util.Arrays.fill(big, (byte) 7);
        group.send("sent and stored"); // this session stores what it sends
        assertThat(Deadline.await(PATIENCE, () -> peter.times("sent and stored") == 1))
                .isTrue();
        List<JobView> progress = new CopyOnWriteArrayList<>();
        peter.group(group.id()).onStoreProgress(progress::add);
        StoredMessage attachment = group.store("application/octet-stream", big);
        Person nina = enrol("nina", SekishoOptions.DEFAULTS);
        join(group, nina);
        Deadline.await(Duration.ofSeconds(30), () -> !group.stored().jobs().isEmpty());
        gateway.kill();
        gateway.start();
        gateway.awaitReady(Duration.ofSeconds(120));
        for (Person reader : people) {
            assertThat(Deadline.await(PATIENCE, () -> readable(reader, group) == MESSAGES + 2))
                    .as(reader.name() + " reads everything")
                    .isTrue();
        }
        var copy = new ByteArrayOutputStream();
        nina.group(group.id()).stored().copy(attachment.message(), copy);
        assertThat(copy.toByteArray()).isEqualTo(big);
        assertThat(Deadline.await(PATIENCE, () -> turned(group)))
                .as("the job ends")
                .isTrue();
        assertThat(Deadline.await(PATIENCE, () -> progress.stream().anyMatch(StoreIT::over)))
                .as("the listener hears of it, over the kill: " + progress)
                .isTrue();
    }

    private static boolean turned(Group group) {
        return group.stored().jobs().stream().anyMatch(StoreIT::over);
    }

    private static boolean over(JobView job) {
        return job.state() == TokenState.GRACE && job.done() > MESSAGES;
    }

    private static void store(Group group, int messages) {
        for (int i = 0; i < messages; i++) {
            group.store("message " + i);
        }
    }

    private static int readable(Person reader, Group group) {
        int n = 0;
        try (var entries = reader.group(group.id()).history(Instant.MIN, Instant.MAX)) {
            for (HistoryEntry entry : entries) {
                n += entry.state() == HistoryEntry.State.READABLE ? 1 : 0;
            }
        } catch (SekishoException e) {
            return -1; // the gateway is coming up
        }
        return n;
    }

    private Person enrol(String name, SekishoOptions options) throws Exception {
        Person person = Person.enrol(gateway, admin, home.resolve("people"), name, options);
        people.add(person);
        return person;
    }

    private static void join(Group group, Person person) throws InterruptedException {
        group.invite(person.leaf());
        group.awaitMember(person.leaf());
        assertThat(Deadline.await(
                        PATIENCE,
                        () -> person.knows(group.id())
                                && person.group(group.id()).epoch() >= group.epoch()
                                && person.group(group.id()).view().keyed()))
                .isTrue();
    }
}
