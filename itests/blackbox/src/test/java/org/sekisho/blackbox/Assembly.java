// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import org.sekisho.api.GroupId;
import org.sekisho.api.SekishoException;
import org.sekisho.client.Group;
import org.sekisho.client.GroupPolicy;
import org.sekisho.client.SekishoAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway process, and one group of SDK clients in threads of this process and in processes of their own. */
final class Assembly implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);

    final GatewayProcess gateway;
    final SekishoAdmin admin;
    /** The first is the owner. */
    final List<Person> people = new ArrayList<>();

    final List<RemotePerson> remotes = new ArrayList<>();
    final Random random = new Random(Long.getLong("sekisho.seed", 20261121L));
    private final Path home;
    private final Map<String, Set<String>> audience = new TreeMap<>();
    private GroupId id;
    private SchemeState scheme;
    private int texts;

    Assembly() throws Exception {
        home = Files.createTempDirectory("sekisho-assembly");
        gateway = GatewayProcess.unpack(
                Path.of(System.getProperty("sekisho.distribution")), home.resolve("gateway"), Ports.free());
        gateway.start();
        gateway.awaitReady(Duration.ofSeconds(120));
        admin = SekishoAdmin.connect(gateway.root(), gateway.authority(), "admin", gateway.adminSecret());
    }

    /** The owner founds the group and invites the others; they are enrolled, and may not be members yet. */
    void form(GroupPolicy policy, int threads, int processes) throws Exception {
        Person owner = enrol("owner");
        Group founded = owner.sekisho().createGroup(policy);
        owner.listen(founded);
        id = founded.id();
        scheme = new SchemeState(gateway, id);
        for (int i = 1; i < threads; i++) {
            founded.invite(enrol("thread " + i).leaf());
        }
        for (int i = 0; i < processes; i++) {
            RemotePerson remote = RemotePerson.enrol(gateway, admin, home.resolve("people"), "process " + i);
            remotes.add(remote);
            founded.invite(remote.leaf());
        }
    }

    Person enrol(String name) throws IOException {
        Person person = Person.enrol(gateway, admin, home.resolve("people"), name);
        people.add(person);
        return person;
    }

    Person owner() {
        return people.get(0);
    }

    /** The owner's. */
    Group group() {
        return owner().group(id);
    }

    SchemeState scheme() {
        return scheme;
    }

    void restartGateway() throws Exception {
        gateway.start();
        gateway.awaitReady(Duration.ofSeconds(120));
    }

    private static String place(Group group) {
        return group.epoch() + " " + group.safetyNumber().replace(' ', '-') + " " + group.scheme() + " "
                + group.view().keyed();
    }

    /** Everybody is in the owner's epoch and has its key, with the owner's safety number and scheme; empty, or who is not. */
    private List<String> apart() {
        if (group().members().size() != people.size() + remotes.size()) {
            return List.of(group().members().size() + " members");
        }
        String here = place(group());
        List<String> apart = new ArrayList<>();
        people.stream()
                .filter(p -> !p.knows(id) || !here.equals(place(p.group(id))))
                .forEach(p -> apart.add(p.name()));
        remotes.stream().filter(r -> !r.place(id).equals(Optional.of(here))).forEach(r -> apart.add(r.name()));
        return apart;
    }

    void assertTogether(String when) throws InterruptedException {
        long begin = System.nanoTime();
        boolean together = Deadline.await(PATIENCE, () -> {
            try {
                return apart().isEmpty();
            } catch (SekishoException notYet) {
                return false;
            }
        });
        LOG.info("{}: epoch {} after {} ms", when, group().epoch(), (System.nanoTime() - begin) / 1_000_000);
        assertThat(together)
                .as("%s: apart %s, scheme %s", when, together ? "" : apart(), scheme.shown())
                .isTrue();
    }

    /** Somebody in a thread and somebody in a process say something, for everybody who belongs to the group now. */
    void talk() throws Exception {
        Set<String> present = new HashSet<>();
        people.forEach(p -> present.add(p.name()));
        remotes.forEach(r -> present.add(r.name()));
        Person speaker = people.get(random.nextInt(people.size()));
        String text = "text " + ++texts + " of " + speaker.name();
        speaker.group(id).send(text);
        expect(text, speaker.name(), present);
        RemotePerson remote = remotes.get(random.nextInt(remotes.size()));
        String far = "text " + ++texts + " of " + remote.name();
        expect(far, remote.name(), present);
        remote.say(id, far);
        assertThat(Deadline.await(PATIENCE, () -> remote.said().contains(far))).isTrue();
    }

    /** {@code text} must be read by all who are present. */
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

    /** Everything was read by those it was for, once, and the trail of the group is whole. */
    void assertAllRead() throws Exception {
        boolean all = Deadline.await(PATIENCE, () -> unread().isEmpty());
        assertThat(unread()).isEmpty();
        assertThat(all).isTrue();
        assertThat(admin.verify(Optional.of(id)).intact()).isTrue();
    }

    void assertNobodyElseReads(Person removed) {
        assertThat(removed.texts())
                .allMatch(text ->
                        !audience.containsKey(text) || audience.get(text).contains(removed.name()));
        assertThat(removed.cannotSend(id)).isTrue();
    }

    @Override
    public void close() throws Exception {
        people.forEach(Person::close);
        remotes.forEach(RemotePerson::close);
        admin.close();
        gateway.close();
        Path log = Files.createDirectories(Path.of("target", "gateway-logs")).resolve(home.getFileName() + ".log");
        Files.copy(gateway.home().resolve("data/log/karaf.log"), log);
        Demo.delete(home);
    }
}
