// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sekisho.api.SekishoException;
import org.sekisho.client.Group;
import org.sekisho.client.GroupPolicy;
import org.sekisho.client.SekishoAdmin;

/**
 * {@code ./sekisho demo}: boots the real gateway on embedded Derby, enrols participants, lets them talk, renews RN2, removes one
 * and adds one, swaps the group management bundle and switches the group's scheme there and back while messages flow, has a second
 * group on key derivation, stores history that a newcomer reads and a removed member does not, and looks for what the gateway
 * should not know.
 */
public final class Demo implements AutoCloseable {

    private static final List<String> NAMES = List.of("alice", "bob", "carol", "dave", "erin");
    private static final String NEWCOMER = "frank";
    private static final Duration RN2 = Duration.ofSeconds(4);
    private static final int STORED = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PrintStream out = System.out;
    private final Path home;
    private final GatewayProcess gateway;
    private final Map<String, Person> people = new HashMap<>();
    private final Sayings sayings = new Sayings();
    private final Table table = new Table();
    private SekishoAdmin admin;
    private Circle circle;
    private Circle ring;

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
        SearchStep search = new SearchStep(out, circle.group().id());
        circle.talk(SearchStep.BEFORE);
        awaitAll();
        out.println("searching what the gateway cannot read ...");
        search.before(circle.present(), people.get("bob"));
        List<Conversation.Line> lines = conversation.lines();
        int fifth = lines.size() / 5;
        out.println("talking, with RN2 renewed every " + RN2.toSeconds() + " s ...");
        circle.talk(lines.subList(0, fifth));
        exchangeOneMember();
        circle.talk(SearchStep.AFTER);
        awaitAll();
        search.after(circle.present(), people.get("bob"), people.get(NEWCOMER), people.get("dave"));
        out.println("talking while the group management bundle is swapped ...");
        swapWhile(lines.subList(fifth, 2 * fifth));
        awaitRenewal();
        out.println("talking while the group moves to key derivation and back ...");
        switchWhile(lines.subList(2 * fifth, 4 * fifth));
        formRing();
        ring.talk(lines.subList(4 * fifth, lines.size()));
        out.println("storing history, removing a member and adding one, under both policies ...");
        storeHistory();
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
        GroupPolicy policy = GroupPolicy.withDefaults("demonstration")
                .withIntervals(Duration.ofDays(30), RN2)
                .scheme(GroupPolicy.TWO_RANDOM, GroupPolicy.KEY_DERIVATION);
        circle = Circle.form(policy, sayings, NAMES.stream().map(people::get).toList());
        Group group = circle.group();
        out.println("group " + group.id() + " at epoch " + group.epoch() + ", safety number " + group.safetyNumber());
    }

    private void exchangeOneMember() throws Exception {
        awaitAll();
        circle.remove(people.get("dave"));
        out.println("removed dave, epoch " + circle.group().epoch());
        Person newcomer = Person.enrol(gateway, admin, home.resolve("people"), NEWCOMER);
        people.put(NEWCOMER, newcomer);
        circle.join(newcomer);
        out.println("added frank, epoch " + circle.group().epoch());
    }

    /** A second group, on key derivation from the beginning: made, somebody removed, somebody added. */
    private void formRing() throws Exception {
        GroupPolicy policy = GroupPolicy.withDefaults("ring").scheme(GroupPolicy.KEY_DERIVATION);
        ring = Circle.form(
                policy,
                sayings,
                Stream.of("bob", "alice", "carol", "erin").map(people::get).toList());
        out.println("a second group, on key derivation: " + ring.group().id() + " at epoch "
                + ring.group().epoch());
        ring.remove(people.get("erin"));
        out.println("removed erin, epoch " + ring.group().epoch());
        ring.join(people.get(NEWCOMER));
        out.println("added frank, epoch " + ring.group().epoch());
        out.print(gateway.console("sekisho:kds-status " + ring.group().id()));
    }

    private void storeHistory() throws Exception {
        var step = new DemoStore(gateway, admin, home, out, sayings.leaks());
        for (DemoStore.Shown shown : step.run(STORED)) {
            table.row("history " + shown.policy() + ": newcomer", "reads " + shown.newcomer() + " of " + shown.all());
            table.row("history " + shown.policy() + ": removed", shown.removed());
        }
    }

    private void switchWhile(List<Conversation.Line> lines) throws Exception {
        awaitAll();
        Thread moving = new Thread(this::thereAndBack, "switch");
        moving.start();
        circle.talk(lines);
        moving.join();
        circle.await(circle.group().epoch());
        Circle.require(circle.group().scheme().equals(GroupPolicy.TWO_RANDOM), "the group did not come back");
    }

    private void thereAndBack() {
        for (String scheme : List.of(GroupPolicy.KEY_DERIVATION, GroupPolicy.TWO_RANDOM)) {
            long begin = System.nanoTime();
            try {
                long epoch = circle.group().switchScheme(scheme).epoch();
                table.row(
                        "switch to " + scheme,
                        "epoch " + epoch + " after " + (System.nanoTime() - begin) / 1_000_000 + " ms");
            } catch (SekishoException e) {
                out.println("switch to " + scheme + " failed: " + e.getMessage());
            }
        }
    }

    private void swapWhile(List<Conversation.Line> lines) throws Exception {
        try (StatusProbe probe = new StatusProbe(
                gateway, "/group-management/groups/" + circle.group().id())) {
            Thread swap = new Thread(this::swap, "swap");
            swap.start();
            circle.talk(lines);
            swap.join();
            Circle.require(
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
        long before = circle.group().epoch();
        Circle.require(
                Deadline.await(PATIENCE, () -> circle.group().epoch() > before), "RN2 was not renewed after the swap");
    }

    private int awaitAll() throws InterruptedException {
        Deadline.await(PATIENCE, () -> sayings.missing() == 0);
        return sayings.missing();
    }

    private boolean judge() throws Exception {
        int lost = awaitAll();
        Sayings.Count count = sayings.count(people.values());
        boolean silenced = people.get("dave").cannotSend(circle.group().id())
                && people.get("erin").cannotSend(ring.group().id());
        boolean back = circle.group().scheme().equals(GroupPolicy.TWO_RANDOM);
        LeakScan leaks = sayings.leaks();
        for (Person p : people.values()) {
            leaks.keysOf(p);
        }
        out.println("searching database, logs, keys and heap of the gateway ...");
        List<Canaries.Hit> hits = leaks.scan(gateway, home.resolve("heap.hprof"));
        table.row("schemes", circle.group().scheme() + ", " + ring.group().scheme());
        table.row("messages sent", sayings.said());
        table.row("messages read", count.read());
        table.row("messages lost", lost);
        table.row("messages read twice", count.twice());
        table.row("read by who should not", count.forbidden());
        table.row("removed members can send", silenced ? "no" : "YES");
        table.row("epochs", circle.group().epoch() + ", " + ring.group().epoch());
        table.row(
                "gateway searched",
                leaks.scannedFiles() + " files, " + leaks.scannedOctets() / (1 << 20) + " MiB, for " + leaks.secrets()
                        + " secrets");
        table.row("secrets found", hits.size());
        out.println();
        table.print(out);
        hits.stream().limit(20).forEach(h -> out.println("  FOUND " + h));
        return lost == 0 && count.twice() == 0 && count.forbidden() == 0 && silenced && back && hits.isEmpty();
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
