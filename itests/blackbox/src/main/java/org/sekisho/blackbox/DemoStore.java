// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.History;
import org.sekisho.api.messagestore.JobView;
import org.sekisho.api.messagestore.TokenState;
import org.sekisho.client.Group;
import org.sekisho.client.GroupPolicy;
import org.sekisho.client.SekishoAdmin;
import org.sekisho.client.history.HistoryEntry;

/**
 * Stored history shown: a member is removed, a job turns the headers, the newcomer reads what the policy says, the removed member
 * nothing. Throws when something is not as it should be.
 */
public final class DemoStore {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String AFTER_REMOVAL = "stored when the removed member was gone";
    private static final String AFTER_JOIN = "stored when the newcomer was there";

    private final GatewayProcess gateway;
    private final SekishoAdmin admin;
    private final Path home;
    private final PrintStream out;
    private final LeakScan leaks;
    private final List<Person> people = new ArrayList<>();

    /** What a group's members got to see: how many messages the newcomer, of how many, and what the removed one was told. */
    public record Shown(History policy, int newcomer, int all, String removed) {}

    /** @param leaks is told what is stored and whose keys were used: none of it may be found at the gateway */
    public DemoStore(GatewayProcess gateway, SekishoAdmin admin, Path home, PrintStream out, LeakScan leaks) {
        this.gateway = gateway;
        this.admin = admin;
        this.home = home;
        this.out = out;
        this.leaks = leaks;
    }

    /** Both policies, with so many messages each. */
    public List<Shown> run(int messages) throws IOException, GeneralSecurityException, InterruptedException {
        try {
            for (String name : List.of("olga", "mallory", "peter", "nina")) {
                people.add(Person.enrol(gateway, admin, home.resolve("store"), name));
            }
            List<Shown> shown = List.of(policy(History.FULL, messages), policy(History.FROM_JOIN, messages));
            for (Person person : people) {
                leaks.keysOf(person);
            }
            return shown;
        } finally {
            people.forEach(Person::close);
        }
    }

    private Shown policy(History policy, int messages) throws IOException, InterruptedException {
        Person olga = people.get(0);
        Person mallory = people.get(1);
        Person peter = people.get(2);
        Person nina = people.get(3);
        Group group = olga.sekisho()
                .createGroup(GroupPolicy.withDefaults("history " + policy).withHistory(policy));
        join(group, mallory);
        join(group, peter);
        for (String text : expected(messages)) {
            store(group, text);
        }
        await(() -> texts(mallory, group).size() == messages, "a member does not read what is stored");
        long before = group.epoch();
        group.remove(mallory.leaf());
        out.println("  removed " + mallory.name() + ", epoch " + before + " to " + group.epoch());
        watch(peter, group);
        store(group, AFTER_REMOVAL);
        join(group, nina);
        watch(peter, group);
        store(group, AFTER_JOIN);
        List<String> everything = expected(messages, AFTER_REMOVAL, AFTER_JOIN);
        await(() -> texts(peter, group).equals(everything), "a member does not read everything after the job");
        List<String> newcomers = policy == History.FULL ? everything : List.of(AFTER_JOIN);
        await(() -> texts(nina, group).equals(newcomers), "the newcomer does not read what " + policy + " says");
        out.println("  " + policy + ": the newcomer reads " + newcomers.size() + " of " + everything.size());
        String refusal = refusal(mallory, group);
        out.println("  the removed member asks for the history: " + refusal);
        out.print(gateway.console("sekisho:store-status " + group.id()));
        return new Shown(policy, newcomers.size(), everything.size(), refusal);
    }

    private void store(Group group, String text) {
        leaks.text(text);
        group.store(text);
    }

    private static List<String> expected(int messages, String... more) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            texts.add("stored to be read again, message " + i);
        }
        Collections.addAll(texts, more);
        return texts;
    }

    private void join(Group group, Person person) throws InterruptedException {
        group.invite(person.leaf());
        group.awaitMember(person.leaf());
        await(
                () -> person.knows(group.id())
                        && person.group(group.id()).epoch() >= group.epoch()
                        && person.group(group.id()).view().keyed(),
                person.name() + " did not come into the group");
    }

    /** Follows the job, and what it leaves behind. */
    private void watch(Person member, Group group) throws InterruptedException {
        var stored = member.group(group.id()).stored();
        Instant begun = Instant.now();
        long shown = -1;
        long epoch = group.epoch();
        while (true) {
            Optional<JobView> job =
                    stored.jobs().stream().filter(j -> j.toEpoch() == epoch).findFirst();
            if (job.isPresent() && job.get().done() != shown) {
                shown = job.get().done();
                out.println("  job of cohort " + job.get().cohort() + ", epoch "
                        + job.get().fromEpoch() + " to "
                        + job.get().toEpoch() + ": " + job.get().done() + " of "
                        + job.get().total() + ", " + job.get().state());
            }
            if (job.isPresent() && job.get().state() == TokenState.GRACE) {
                return;
            }
            if (Duration.between(begun, Instant.now()).compareTo(PATIENCE) > 0) {
                throw new IllegalStateException("no job came to its end: " + stored.jobs());
            }
            Thread.sleep(50);
        }
    }

    private static List<String> texts(Person reader, Group group) {
        List<String> texts = new ArrayList<>();
        try (var entries = reader.group(group.id()).history(Instant.MIN, Instant.MAX)) {
            for (HistoryEntry entry : entries) {
                texts.add(
                        entry.state() == HistoryEntry.State.READABLE
                                ? entry.text()
                                : entry.state().name());
            }
        }
        return texts;
    }

    private static String refusal(Person removed, Group group) {
        try {
            List<String> texts = texts(removed, group);
            throw new IllegalStateException("the removed member was shown " + texts.size() + " messages");
        } catch (SekishoException e) {
            return e.code().name();
        }
    }

    private static void await(java.util.function.BooleanSupplier condition, String otherwise)
            throws InterruptedException {
        if (!Deadline.await(PATIENCE, condition)) {
            throw new IllegalStateException(otherwise);
        }
    }
}
