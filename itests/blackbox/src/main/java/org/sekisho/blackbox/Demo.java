// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.sekisho.client.Group;
import org.sekisho.client.GroupPolicy;
import org.sekisho.client.SekishoAdmin;

/**
 * {@code ./sekisho demo}: boots the real gateway on embedded Derby, enrols participants, lets them talk, renews RN2, removes one
 * and adds one, swaps the group management bundle while messages flow, and looks for what the gateway should not know.
 */
public final class Demo implements AutoCloseable {

    private static final List<String> NAMES = List.of("alice", "bob", "carol", "dave", "erin");
    private static final String NEWCOMER = "frank";
    private static final Duration RN2 = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PACE_MILLIS = 30;

    private final PrintStream out = System.out;
    private final Path home;
    private final GatewayProcess gateway;
    private final Map<String, Person> people = new HashMap<>();
    private final Map<String, List<Person>> audience = new HashMap<>();
    private final List<Person> present = new ArrayList<>();
    private final LeakScan leaks = new LeakScan();
    private final Table table = new Table();
    private SekishoAdmin admin;
    private Group owned;
    private int sent;

    private Demo(Path distribution, Path home) throws IOException {
        this.home = home;
        this.gateway = GatewayProcess.unpack(distribution, home.resolve("gateway"), Ports.free());
    }

    public static void main(String[] args) throws Exception {
        Conversation conversation = Conversation.builtIn();
        int most = 400;
        for (int i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--messages" -> most = Integer.parseInt(args[i + 1]);
                case "--corpus" -> conversation = Conversation.of(Path.of(args[i + 1]), most);
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        System.exit(perform(Path.of(System.getProperty("sekisho.distribution")), conversation) ? 0 : 1);
    }

    /** The whole demonstration; true when nothing was lost, leaked or let through. What it made is kept only when not. */
    static boolean perform(Path distribution, Conversation conversation) throws Exception {
        Path home = Files.createTempDirectory("sekisho-demo");
        boolean clean;
        try (Demo demo = new Demo(distribution, home)) {
            clean = demo.run(conversation);
        }
        if (clean) {
            delete(home);
        } else {
            System.out.println("everything is kept in " + home);
        }
        return clean;
    }

    private boolean run(Conversation conversation) throws Exception {
        boot();
        form();
        SearchStep search = new SearchStep(out, owned.id());
        talk(SearchStep.BEFORE);
        awaitAll();
        out.println("searching what the gateway cannot read ...");
        search.before(present, people.get("bob"));
        List<Conversation.Line> lines = conversation.lines();
        int third = lines.size() / 3;
        out.println("talking, with RN2 renewed every " + RN2.toSeconds() + " s ...");
        talk(lines.subList(0, third));
        exchangeOneMember();
        talk(SearchStep.AFTER);
        awaitAll();
        search.after(present, people.get("bob"), people.get(NEWCOMER), people.get("dave"));
        out.println("talking while the group management bundle is swapped ...");
        swapWhile(lines.subList(third, 2 * third));
        talk(lines.subList(2 * third, lines.size()));
        awaitRenewal();
        return judge();
    }

    private void boot() throws Exception {
        gateway.start();
        Duration ready = gateway.awaitReady(Duration.ofSeconds(120));
        table.row("gateway ready after", ready.toMillis() + " ms");
        out.println("gateway ready after " + ready.toMillis() + " ms at " + gateway.api());
        admin = SekishoAdmin.connect(gateway.root(), gateway.authority(), "admin", gateway.adminSecret());
        for (String name : NAMES) {
            people.put(name, Person.enrol(gateway, admin, home.resolve("people"), name));
        }
        out.println("enrolled over TLS with one-time tokens: " + String.join(", ", NAMES));
    }

    private void form() throws Exception {
        Person owner = people.get(NAMES.get(0));
        owned = owner.sekisho()
                .createGroup(GroupPolicy.withDefaults("demonstration").withIntervals(Duration.ofDays(30), RN2));
        owner.listen(owned);
        present.add(owner);
        for (String name : NAMES.subList(1, NAMES.size())) {
            join(people.get(name));
        }
        out.println("group " + owned.id() + " at epoch " + owned.epoch() + ", safety number " + owned.safetyNumber());
    }

    private void join(Person person) throws InterruptedException {
        owned.invite(person.leaf());
        owned.awaitMember(person.leaf());
        require(
                Deadline.await(
                        PATIENCE,
                        () -> person.knows(owned.id())
                                && person.group(owned.id()).epoch() >= owned.epoch()),
                person.name() + " did not come into the group");
        present.add(person);
    }

    private void talk(List<Conversation.Line> lines) throws InterruptedException {
        Map<String, Person> voices = new HashMap<>();
        for (Conversation.Line line : lines) {
            Person speaker = voices.computeIfAbsent(line.who(), who -> voice(who, voices.size()));
            // a number makes each text different, so that none can be mistaken for another
            String text = line.text() + " [" + ++sent + "]";
            audience.put(text, present.stream().filter(p -> p != speaker).toList());
            leaks.text(text);
            speaker.group(owned.id()).send(text);
            leaks.epochOf(owned);
            TimeUnit.MILLISECONDS.sleep(PACE_MILLIS);
        }
    }

    private Person voice(String who, int n) {
        return present.stream().filter(p -> p.name().equals(who)).findFirst().orElse(present.get(n % present.size()));
    }

    private void exchangeOneMember() throws Exception {
        Person leaving = people.get("dave");
        awaitAll();
        present.remove(leaving);
        owned.remove(leaving.leaf());
        for (Person p : present) {
            long epoch = owned.epoch();
            require(
                    Deadline.await(PATIENCE, () -> p.group(owned.id()).epoch() >= epoch),
                    p.name() + " missed the removal");
        }
        out.println("removed dave, epoch " + owned.epoch());
        Person newcomer = Person.enrol(gateway, admin, home.resolve("people"), NEWCOMER);
        people.put(NEWCOMER, newcomer);
        join(newcomer);
        out.println("added frank, epoch " + owned.epoch());
    }

    private void swapWhile(List<Conversation.Line> lines) throws Exception {
        try (StatusProbe probe = new StatusProbe(gateway, "/group-management/groups/" + owned.id())) {
            Thread swap = new Thread(this::swap, "swap");
            swap.start();
            talk(lines);
            swap.join();
            require(
                    Deadline.await(PATIENCE, () -> probe.gapMillis() > 0 || probe.failed() > 0),
                    "the service was never away");
            table.row("swap: service away", probe.gapMillis() + " ms");
            table.row(
                    "swap: status requests",
                    probe.answered() + " answered, " + probe.unavailable() + " honest 503, " + probe.failed()
                            + " failed " + probe.failure());
        }
    }

    private void swap() {
        try {
            gateway.console("bundle:update org.sekisho.groupmanagement");
        } catch (IOException e) {
            out.println("swap failed: " + e.getMessage());
        }
    }

    private void awaitRenewal() throws InterruptedException {
        long before = owned.epoch();
        require(Deadline.await(PATIENCE, () -> owned.epoch() > before), "RN2 was not renewed after the swap");
    }

    private int missing() {
        int missing = 0;
        for (Map.Entry<String, List<Person>> e : audience.entrySet()) {
            missing += (int)
                    e.getValue().stream().filter(p -> p.times(e.getKey()) == 0).count();
        }
        return missing;
    }

    private int awaitAll() throws InterruptedException {
        Deadline.await(PATIENCE, () -> missing() == 0);
        return missing();
    }

    private boolean judge() throws Exception {
        int lost = awaitAll();
        int read = 0;
        int twice = 0;
        int forbidden = 0;
        for (Person p : people.values()) {
            for (String text : p.texts()) {
                boolean meant = audience.getOrDefault(text, List.of()).contains(p);
                boolean own = !audience.containsKey(text);
                read += meant ? 1 : 0;
                twice += p.times(text) > 1 ? 1 : 0;
                forbidden += meant || own ? 0 : 1;
            }
        }
        boolean silenced = people.get("dave").cannotSend(owned.id());
        for (Person p : people.values()) {
            leaks.keysOf(p);
        }
        out.println("searching database, logs, keys and heap of the gateway ...");
        List<Canaries.Hit> hits = leaks.scan(gateway, home.resolve("heap.hprof"));
        table.row("messages sent", sent);
        table.row("messages read", read);
        table.row("messages lost", lost);
        table.row("messages read twice", twice);
        table.row("read by who should not", forbidden);
        table.row("removed member can send", silenced ? "no" : "YES");
        table.row("epochs", owned.epoch());
        table.row(
                "gateway searched",
                leaks.scannedFiles() + " files, " + leaks.scannedOctets() / (1 << 20) + " MiB, for " + leaks.secrets()
                        + " secrets");
        table.row("secrets found", hits.size());
        out.println();
        table.print(out);
        hits.stream().limit(20).forEach(h -> out.println("  FOUND " + h));
        return lost == 0 && twice == 0 && forbidden == 0 && silenced && hits.isEmpty();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    @Override
    public void close() throws InterruptedException {
        people.values().forEach(Person::close);
        if (admin != null) {
            admin.close();
        }
        gateway.close();
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
