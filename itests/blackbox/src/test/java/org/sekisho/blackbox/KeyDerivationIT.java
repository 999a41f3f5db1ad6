// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.api.SekishoException;
import org.sekisho.client.Group;
import org.sekisho.client.GroupPolicy;
import org.sekisho.client.SekishoAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A group on key derivation on the real distribution: SDK clients in threads and in processes of their own, members that leave and
 * come, SIGKILL of the gateway and of clients while keys are being made. Everybody who belongs to the group comes to one epoch and
 * reads everything; nobody who was removed reads anything more.
 */
class KeyDerivationIT {

    private static final Logger LOG = LoggerFactory.getLogger(KeyDerivationIT.class);
    private static final int THREADS = Integer.getInteger("sekisho.kds.threads", 8);
    private static final int PROCESSES = Integer.getInteger("sekisho.kds.processes", 2);
    private static final int KILLS = Integer.getInteger("sekisho.kds.kills", 3);
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    /** What is to be under way when somebody is killed. */
    private static final List<String> WANTED =
            List.of("ROUND_1", "ROUND_1", "ROUND_2", "ROUND_2", "CONFIRM", "CONFIRM");

    private final Random random = new Random(Long.getLong("sekisho.seed", 20261121L));
    private final List<Person> people = new ArrayList<>();
    private final List<RemotePerson> remotes = new ArrayList<>();
    private final Map<String, Set<String>> audience = new TreeMap<>();
    private final Map<String, Integer> phases = new TreeMap<>();
    private Path home;
    private GatewayProcess gateway;
    private SekishoAdmin admin;
    private Group group;
    private SchemeState scheme;
    private int texts;

    @BeforeEach
    void boot() throws Exception {
        home = Files.createTempDirectory("sekisho-kds");
        gateway = GatewayProcess.unpack(
                Path.of(System.getProperty("sekisho.distribution")), home.resolve("gateway"), Ports.free());
        gateway.start();
        gateway.awaitReady(Duration.ofSeconds(120));
        admin = SekishoAdmin.connect(gateway.root(), gateway.authority(), "admin", gateway.adminSecret());
    }

    @AfterEach
    void close() throws Exception {
        people.forEach(Person::close);
        remotes.forEach(RemotePerson::close);
        admin.close();
        gateway.close();
        Path log = Files.createDirectories(Path.of("target", "gateway-logs")).resolve(home.getFileName() + ".log");
        Files.copy(gateway.home().resolve("data/log/karaf.log"), log);
        Demo.delete(home);
    }

    private Person enrol(String name) throws Exception {
        Person person = Person.enrol(gateway, admin, home.resolve("people"), name);
        people.add(person);
        return person;
    }

    private void form() throws Exception {
        Person owner = enrol("owner");
        GroupPolicy policy = GroupPolicy.withDefaults("ring")
                .scheme(GroupPolicy.KEY_DERIVATION)
                .withIntervals(Duration.ofDays(30), Duration.ofHours(1));
        group = owner.sekisho().createGroup(policy);
        owner.listen(group);
        scheme = new SchemeState(gateway, group.id());
        for (int i = 1; i < THREADS; i++) {
            group.invite(enrol("thread " + i).leaf());
        }
        for (int i = 0; i < PROCESSES; i++) {
            RemotePerson remote = RemotePerson.enrol(gateway, admin, home.resolve("people"), "process " + i);
            remotes.add(remote);
            group.invite(remote.leaf());
        }
    }

    /** Everybody is in the owner's epoch, with the owner's safety number; empty, or who is not. */
    private List<String> apart() {
        if (group.members().size() != people.size() + remotes.size()) {
            return List.of(group.members().size() + " members");
        }
        String here = group.epoch() + " " + group.safetyNumber().replace(' ', '-');
        List<String> apart = new ArrayList<>();
        for (Person p : people) {
            boolean same = p.knows(group.id())
                    && here.equals(p.group(group.id()).epoch() + " "
                            + p.group(group.id()).safetyNumber().replace(' ', '-'));
            if (!same) {
                apart.add(p.name());
            }
        }
        for (RemotePerson r : remotes) {
            if (!r.place(group.id()).equals(Optional.of(here))) {
                apart.add(r.name());
            }
        }
        return apart;
    }

    private void assertTogether(String when) throws InterruptedException {
        long begin = System.nanoTime();
        boolean together = Deadline.await(PATIENCE, () -> {
            try {
                return apart().isEmpty();
            } catch (SekishoException notYet) {
                return false;
            }
        });
        LOG.info("{}: epoch {} after {} ms", when, group.epoch(), (System.nanoTime() - begin) / 1_000_000);
        assertThat(together)
                .as("%s: apart %s, scheme %s", when, together ? "" : apart(), scheme.shown())
                .isTrue();
    }

    /** Somebody in a thread and somebody in a process say something, for everybody who belongs to the group now. */
    private void talk() throws Exception {
        Set<String> present = new HashSet<>();
        people.forEach(p -> present.add(p.name()));
        remotes.forEach(r -> present.add(r.name()));
        Person speaker = people.get(random.nextInt(people.size()));
        String text = "text " + ++texts + " of " + speaker.name();
        speaker.group(group.id()).send(text);
        expect(text, speaker.name(), present);
        RemotePerson remote = remotes.get(random.nextInt(remotes.size()));
        String far = "text " + ++texts + " of " + remote.name();
        expect(far, remote.name(), present);
        remote.say(group.id(), far);
        assertThat(Deadline.await(PATIENCE, () -> remote.said().contains(far))).isTrue();
    }

    private void expect(String text, String by, Set<String> present) {
        Set<String> readers = new HashSet<>(present);
        readers.remove(by);
        audience.put(text, readers);
    }

    private List<String> unread() {
        List<String> unread = new ArrayList<>();
        audience.forEach((text, readers) -> {
            people.stream()
                    .filter(p -> readers.contains(p.name()) && p.times(text) == 0)
                    .forEach(p -> unread.add(p.name() + ": " + text));
            remotes.stream()
                    .filter(r -> readers.contains(r.name()) && !r.read().contains(text))
                    .forEach(r -> unread.add(r.name() + ": " + text));
        });
        return unread;
    }

    private void assertNobodyElseReads(Person removed) {
        assertThat(removed.texts())
                .allMatch(text ->
                        !audience.containsKey(text) || audience.get(text).contains(removed.name()));
        assertThat(removed.cannotSend(group.id())).isTrue();
    }

    @Test
    void everybodyConvergesThroughChangesAndKills() throws Exception {
        form();
        assertTogether("formed");
        talk();

        List<Person> removed = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Person leaver = people.remove(people.size() - 1);
            removed.add(leaver);
            group.remove(leaver.leaf());
        }
        assertTogether("two removed");
        talk();
        group.invite(enrol("newcomer").leaf());
        assertTogether("one added");
        talk();

        for (int i = 0; i < KILLS; i++) {
            change(i, removed);
            kill(i);
            assertTogether("change and kill " + i);
            talk();
        }
        LOG.info("phases at the kills: {}", phases);
        boolean all = Deadline.await(PATIENCE, () -> unread().isEmpty());
        assertThat(unread()).isEmpty();
        assertThat(all).isTrue();
        removed.forEach(this::assertNobodyElseReads);
        for (Person p : people) {
            assertThat(p.texts()).allMatch(text -> p.times(text) == 1);
        }
        assertThat(admin.verify(Optional.of(group.id())).intact()).isTrue();
        removed.forEach(Person::close);
    }

    /** A change of the group, asked for and not waited for. */
    private void change(int i, List<Person> removed) throws Exception {
        if (i % 3 == 0) {
            Person leaver = people.remove(people.size() - 1);
            removed.add(leaver);
            group.request("remove", org.sekisho.codec.Cbor.encode(leaver.leaf()));
        } else if (i % 3 == 1) {
            group.invite(enrol("newcomer " + i).leaf());
        } else {
            group.renew();
        }
    }

    /** Waits until keys are being made, a little longer, and kills. */
    private void kill(int i) throws Exception {
        String wanted = WANTED.get(i % WANTED.size());
        boolean seen = Deadline.await(Duration.ofSeconds(4), () -> busy(wanted));
        phases.merge(seen ? wanted : "some time after", 1, Integer::sum);
        if (i % 2 == 0) {
            RemotePerson victim = remotes.get(random.nextInt(remotes.size()));
            victim.kill();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(3000));
            victim.start();
        } else {
            gateway.kill();
            gateway.start();
            gateway.awaitReady(Duration.ofSeconds(120));
        }
    }

    private boolean busy(String phase) {
        try {
            return scheme.phase().equals(phase);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
