// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.api.LeafId;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.client.Group;
import org.sekisho.client.GroupPolicy;
import org.sekisho.codec.Cbor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A group on key derivation on the real distribution: SDK clients in threads and in processes of their own, members that leave and
 * come, SIGKILL of the gateway and of a client in every phase of either. Everybody who belongs to the group comes to one epoch and
 * reads everything; nobody who was removed reads anything more.
 */
class KeyDerivationIT {

    private static final Logger LOG = LoggerFactory.getLogger(KeyDerivationIT.class);
    private static final int THREADS = Integer.getInteger("sekisho.kds.threads", 6);
    private static final int PROCESSES = Integer.getInteger("sekisho.kds.processes", 3);

    /** Changes with a kill at a random moment, after those in each phase. */
    private static final int KILLS = Integer.getInteger("sekisho.kds.kills", 0);

    private static final int MOST_TRIES = 4;
    private static final GroupPolicy POLICY = GroupPolicy.withDefaults("ring")
            .scheme(GroupPolicy.KEY_DERIVATION)
            .withIntervals(Duration.ofDays(30), Duration.ofHours(1));

    private final Map<String, Integer> gatewayKills = new TreeMap<>();
    private final Map<String, Integer> clientKills = new TreeMap<>();
    private final List<Person> removed = new ArrayList<>();
    private Assembly town;

    @BeforeEach
    void boot() throws Exception {
        town = new Assembly();
    }

    @AfterEach
    void close() throws Exception {
        removed.forEach(Person::close);
        town.close();
    }

    @Test
    void everybodyConvergesThroughChangesAndAKillInEveryPhase() throws Exception {
        town.form(POLICY, THREADS, PROCESSES);
        town.assertTogether("formed");
        town.talk();
        RemotePerson sponsor = giveTheTurnToAProcess();
        passive(sponsor);
        for (String phase : List.of("ROUND_1", "CONFIRM", "AWAIT_COMMIT", "ROUND_2")) {
            killIn(phase);
        }
        nobodyThere();
        for (int i = 0; i < KILLS; i++) {
            change(i);
            killSometime(i);
            town.assertTogether("change and kill " + i);
            town.talk();
        }
        LOG.info("gateway killed in {}, clients in {}", gatewayKills, clientKills);
        assertThat(gatewayKills.keySet()).contains("IDLE", "ROUND_1", "ROUND_2", "CONFIRM", "AWAIT_COMMIT", "PENDING");
        assertThat(clientKills.keySet()).contains("IDLE", "ROUND_1", "ROUND_2", "PASSIVE", "KEYED");
        town.assertAllRead();
        removed.forEach(town::assertNobodyElseReads);
        for (Person p : town.people) {
            assertThat(p.texts()).allMatch(text -> p.times(text) == 1);
        }
    }

    /**
     * Two leave; the second is the one before a process in the ring, so that the process opens the gap: it is representative,
     * commits, and will be asked first from then on.
     */
    private RemotePerson giveTheTurnToAProcess() throws Exception {
        remove(town.people.get(town.people.size() - 1));
        for (int i = 0; i < MOST_TRIES; i++) {
            long epoch = town.group().epoch();
            town.group().request("refresh", Cbor.encode());
            town.group().awaitEpoch(epoch + 1);
            town.assertTogether("all edges fresh");
            remove(before(processes()));
            town.talk();
            for (RemotePerson process : town.remotes) {
                if (process.leaf().toString().equals(town.scheme().shown().get("lastSponsor"))) {
                    return process;
                }
            }
            town.group().invite(town.enrol("instead " + i).leaf());
            town.assertTogether("another comes");
        }
        throw new AssertionError(
                "no process was representative: " + town.scheme().shown());
    }

    private Set<LeafId> processes() {
        return Set.copyOf(town.remotes.stream().map(RemotePerson::leaf).toList());
    }

    /** Who stands before one of {@code leaves} in the roster, and may be removed; enrols people until there is somebody. */
    private Person before(Set<LeafId> leaves) throws Exception {
        for (int i = 0; ; i++) {
            List<LeafId> order = town.group().view().roster().roster().entries().stream()
                    .map(RosterEntry::leaf)
                    .toList();
            for (Person person : town.people.subList(1, town.people.size())) {
                int at = order.indexOf(person.leaf());
                if (leaves.contains(order.get((at + 1) % order.size()))) {
                    return person;
                }
            }
            town.group().invite(town.enrol("more " + i).leaf());
            town.assertTogether("more");
        }
    }

    private void remove(Person leaver) throws Exception {
        town.people.remove(leaver);
        removed.add(leaver);
        town.group().remove(leaver.leaf());
        town.assertTogether(leaver.name() + " removed");
    }

    /** A newcomer; the ring is opened at the sponsor, which is held: a process that only listens is killed. */
    private void passive(RemotePerson sponsor) throws Exception {
        sponsor.hold();
        town.group().invite(town.enrol("newcomer").leaf());
        assertThat(Deadline.await(Duration.ofSeconds(30), () -> town.scheme().waits("", "ROUND_1", sponsor.leaf())))
                .isTrue();
        for (RemotePerson process : town.remotes) {
            if (process != sponsor && clientKills.isEmpty()) {
                Deadline.await(Duration.ofSeconds(1), () -> says(process, "PASSIVE"));
                if (says(process, "PASSIVE")) {
                    killClient(process, "PASSIVE");
                    process.start();
                }
            }
        }
        sponsor.release();
        town.assertTogether("one added");
        town.talk();
    }

    private boolean says(RemotePerson process, String phase) {
        try {
            return process.phase(town.group().id()).equals(phase);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void killClient(RemotePerson victim, String phase) {
        victim.kill();
        clientKills.merge(phase, 1, Integer::sum);
    }

    /** A distribution among all: in {@code phase} of the server a client that has done its part is killed, and then the gateway. */
    private void killIn(String phase) throws Exception {
        for (int i = 0; i < MOST_TRIES && !gatewayKills.containsKey(phase); i++) {
            String last = town.scheme().shown().getOrDefault("lastSponsor", "");
            RemotePerson sponsor = town.remotes.stream()
                    .filter(r -> r.leaf().toString().equals(last))
                    .findFirst()
                    .orElse(town.remotes.get(0));
            var held = new Held(town.scheme(), "", sponsor, town.remotes);
            RemotePerson victim = held.done(phase);
            Group group = town.group();
            long before = group.epoch();
            if (held.bringTo(phase, () -> group.request("refresh", Cbor.encode()))) {
                boolean same = phase.equals("AWAIT_COMMIT") || says(victim, clientPhase(phase));
                if (same && held.lasts(phase)) {
                    killClient(victim, clientPhase(phase));
                    boolean lasts = held.lasts(phase);
                    if (lasts) {
                        town.gateway.kill();
                        gatewayKills.merge(phase, 1, Integer::sum);
                    }
                    victim.start();
                    if (lasts) {
                        town.restartGateway();
                    }
                }
            }
            held.release();
            assertThat(Deadline.await(Assembly.PATIENCE, () -> group.epoch() > before))
                    .as("%s", town.scheme().shown())
                    .isTrue();
            town.assertTogether("kill in " + phase);
            town.talk();
        }
    }

    private static String clientPhase(String server) {
        return server.startsWith("ROUND") ? server : "KEYED";
    }

    /**
     * In a second group of the owner and one process nobody is there when the operator asks for keys; in the first nothing is to
     * be done, and a client that does nothing is killed as well.
     */
    private void nobodyThere() throws Exception {
        RemotePerson held = town.remotes.get(0);
        RemotePerson idle = town.remotes.get(1);
        Group pair = town.owner().sekisho().createGroup(POLICY);
        pair.invite(held.leaf());
        pair.awaitMember(held.leaf());
        var scheme = new SchemeState(town.gateway, pair.id());
        assertThat(Deadline.await(Assembly.PATIENCE, () -> held.place(pair.id()).isPresent()))
                .isTrue();
        held.hold();
        Person owner = town.owner();
        owner.close();
        scheme.refresh();
        assertThat(Deadline.await(Duration.ofSeconds(40), () -> shows(scheme, "PENDING")))
                .as("%s", scheme.shown())
                .isTrue();
        assertThat(says(idle, "IDLE")).isTrue();
        killClient(idle, "IDLE");
        // the server asks again after five seconds, ten, and so on
        assertThat(Deadline.await(
                        Duration.ofSeconds(60), () -> shows(scheme, "PENDING") && shows(town.scheme(), "IDLE")))
                .isTrue();
        town.gateway.kill();
        gatewayKills.merge("PENDING", 1, Integer::sum);
        gatewayKills.merge("IDLE", 1, Integer::sum);
        idle.start();
        held.release();
        town.restartGateway();
        town.people.set(0, owner.reconnect(town.gateway));
        Group again = town.owner().group(pair.id());
        assertThat(Deadline.await(Assembly.PATIENCE, () -> held.place(pair.id())
                        .filter(place -> place.startsWith(again.epoch() + " ") && again.epoch() > 2)
                        .isPresent()))
                .isTrue();
        town.assertTogether("kill in PENDING");
        town.talk();
    }

    private static boolean shows(SchemeState scheme, String phase) {
        try {
            return phase.equals(scheme.shown().get("phase"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A change of the group, asked for and not waited for. */
    private void change(int i) throws IOException {
        if (i % 3 == 0) {
            Person leaver = town.people.remove(town.people.size() - 1);
            removed.add(leaver);
            town.group().request("remove", Cbor.encode(leaver.leaf()));
        } else if (i % 3 == 1) {
            town.group().invite(town.enrol("newcomer " + i).leaf());
        } else {
            town.group().renew();
        }
    }

    private void killSometime(int i) throws Exception {
        TimeUnit.MILLISECONDS.sleep(town.random.nextInt(1500));
        gatewayKills.merge("some time", 1, Integer::sum);
        if (i % 2 == 0) {
            RemotePerson victim = town.remotes.get(town.random.nextInt(town.remotes.size()));
            victim.kill();
            TimeUnit.MILLISECONDS.sleep(town.random.nextInt(3000));
            victim.start();
        } else {
            town.gateway.kill();
            town.restartGateway();
        }
    }
}
