// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Operation;
import org.sekisho.api.fake.Samples;
import org.sekisho.rest.RestRoutes;
import org.sekisho.soap.SoapRoutes;

/**
 * P10 on the real container: every operation as everybody, by REST, SOAP and console, with own and foreign ids. What the access
 * table does not allow is refused, with one of four codes, and leaves the database as it was.
 */
class AccessIT {

    private static final Set<String> DENIALS = Set.of("UNAUTHENTICATED", "FORBIDDEN", "NOT_A_MEMBER", "REVOKED");

    private static Company company;

    @BeforeAll
    static void open() throws Exception {
        company = new Company();
    }

    @AfterAll
    static void shut() throws Exception {
        company.close();
    }

    /** Sends one request as somebody, with the ids of the samples replaced. */
    private interface Send {
        HttpResponse<String> as(Company.Actor actor, GroupId group, LeafId leaf) throws Exception;
    }

    private record Attempt(String name, Operation operation, Send send) {}

    private static String real(String text, GroupId group, LeafId leaf) {
        return text.replace(Samples.GROUP.toString(), group.toString())
                .replace(Samples.LEAF.toString(), leaf.toString());
    }

    private static List<Attempt> rest() {
        return RestRoutes.all().stream()
                .map(r -> new Attempt(r.method() + " " + r.path(), r.operation(), (actor, group, leaf) -> actor.wire()
                        .rest(r.method(), real(r.path(), group, leaf), real(r.body(), group, leaf))))
                .toList();
    }

    private static List<Attempt> soap(String version) {
        return SoapRoutes.all().stream()
                .map(m -> new Attempt(
                        (version.equals(Wire.SOAP11) ? "1.1 " : "1.2 ") + m.service() + "/" + m.name(),
                        m.operation(),
                        (actor, group, leaf) ->
                                actor.wire().soap(version, m.service(), m.name(), real(m.parts(), group, leaf))))
                .toList();
    }

    private static List<Attempt> all() {
        List<Attempt> all = new ArrayList<>(rest());
        all.addAll(soap(Wire.SOAP11));
        all.addAll(soap(Wire.SOAP12));
        return all;
    }

    private static boolean denied(HttpResponse<String> answer) {
        return Wire.code(answer).filter(DENIALS::contains).isPresent();
    }

    /** For these the samples are not well-formed, which is seen first: no less a refusal, and it tells nothing. */
    private static boolean refused(Operation operation, HttpResponse<String> answer) {
        return denied(answer)
                || Set.of(Operation.GROUP_POST, Operation.DIRECTORY_REGISTER, Operation.SCHEME_SWITCH)
                                .contains(operation)
                        && Wire.code(answer).equals(Optional.of("MALFORMED"));
    }

    /** That REST and SOAP each have a row for every operation they should have is judged by the tests the rows come from. */
    @Test
    void everyOperationIsTried() {
        Set<Operation> tried = all().stream().map(Attempt::operation).collect(Collectors.toSet());
        assertThat(tried).containsExactlyInAnyOrder(Operation.values());
    }

    /** First everything that must be refused, with the database compared; then what must pass. */
    @Test
    void theTableHoldsForEverybody() throws Exception {
        GroupId group = company.town.group.id();
        LeafId unknown = new LeafId(Octets.of(new byte[LeafId.SIZE]));
        List<String> wrong = new ArrayList<>();
        var before = GatewayRows.settled(company.town.gateway);
        int refused = 0;
        for (Attempt attempt : all()) {
            for (Company.Actor actor : company.actors.values()) {
                if (!attempt.operation().permits(actor.roles())) {
                    HttpResponse<String> answer = attempt.send().as(actor, group, unknown);
                    refused++;
                    if (!refused(attempt.operation(), answer) || answer.statusCode() < 400) {
                        wrong.add(actor + " not refused: " + attempt.name() + ": " + answer.statusCode() + " "
                                + answer.body());
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(refused).isGreaterThan(200);
        assertThat(GatewayRows.digest(company.town.gateway)).isEqualTo(before);
        for (Attempt attempt : all()) {
            for (Company.Actor actor : company.actors.values()) {
                if (attempt.operation().permits(actor.roles())) {
                    HttpResponse<String> answer = attempt.send().as(actor, group, unknown);
                    // a fault has status 500, whoever is to blame; its code says
                    boolean fault = attempt.name().startsWith("1.")
                            && Wire.code(answer)
                                    .filter(c -> !c.equals("INTERNAL"))
                                    .isPresent();
                    if (denied(answer)
                                    && !Set.of("MAILBOX_SEND", "DIRECTORY_REGISTER", "STORE_DEPOSIT")
                                            .contains(attempt.operation().name())
                            || answer.statusCode() >= 500 && !fault) {
                        wrong.add(actor + " refused: " + attempt.name() + ": " + answer.statusCode() + " "
                                + answer.body());
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Ids of a group and of a person that are not one's own: refused, before or after what else is wrong is seen. */
    @Test
    void foreignIdsAreRefusedInEveryPosition() throws Exception {
        GroupId foreign = company.other.id();
        LeafId stranger = company.stranger.leaf();
        LeafId unknown = new LeafId(Octets.of(new byte[LeafId.SIZE]));
        List<String> wrong = new ArrayList<>();
        var before = GatewayRows.settled(company.town.gateway);
        for (Attempt attempt : all()) {
            boolean needsMembership = attempt.operation().allowed().stream()
                    .noneMatch(r -> r == org.sekisho.api.Role.PARTICIPANT || r == org.sekisho.api.Role.ANONYMOUS);
            for (String name : List.of("owner", "member")) {
                Company.Actor actor = company.actors.get(name);
                if (!needsMembership) {
                    continue;
                }
                HttpResponse<String> there = attempt.send().as(actor, foreign, stranger);
                if (!refused(attempt.operation(), there)) {
                    wrong.add(actor + " with foreign ids: " + attempt.name() + ": " + there.statusCode() + " "
                            + there.body());
                }
            }
        }
        // a position that any participant may name: who it is for is checked by what was signed
        for (Attempt attempt : all()) {
            if (Set.of(Operation.MAILBOX_SEND, Operation.DIRECTORY_REGISTER).contains(attempt.operation())) {
                HttpResponse<String> answer = attempt.send().as(company.actors.get("member"), foreign, stranger);
                if (answer.statusCode() < 400) {
                    wrong.add("accepted for somebody else: " + attempt.name() + ": " + answer.body());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(GatewayRows.digest(company.town.gateway)).isEqualTo(before);
    }

    /** What each command asks for; a command of the console that is missing here fails the test. */
    private static Map<String, Set<Operation>> commands() {
        Map<String, Set<Operation>> commands = new TreeMap<>();
        commands.put("status", Set.of(Operation.SCHEME_LIST));
        commands.put("doctor", Set.of(Operation.SCHEME_LIST, Operation.GROUP_LIST, Operation.AUDIT_VERIFY));
        commands.put("participant-list", Set.of(Operation.DIRECTORY_LIST));
        commands.put("participant-show LEAF", Set.of(Operation.DIRECTORY_READ));
        commands.put("participant-invite CN=x", Set.of(Operation.DIRECTORY_INVITE));
        commands.put("participant-revoke --yes NOBODY", Set.of(Operation.DIRECTORY_REVOKE));
        commands.put("group-list", Set.of(Operation.GROUP_LIST));
        commands.put("group-show GROUP", Set.of(Operation.GROUP_READ));
        commands.put("group-suspend --yes GROUP", Set.of(Operation.SCHEME_SUSPEND));
        commands.put("group-resume GROUP", Set.of(Operation.SCHEME_SUSPEND));
        commands.put("scheme-list", Set.of(Operation.SCHEME_LIST));
        commands.put("scheme-switch GROUP", Set.of(Operation.GROUP_READ));
        commands.put("scheme-switch --give-up --yes GROUP", Set.of(Operation.SCHEME_SWITCH_ASK));
        commands.put("epoch-list GROUP", Set.of(Operation.GROUP_EPOCHS));
        commands.put("kds-status GROUP", Set.of(Operation.GROUP_READ));
        commands.put("store-status GROUP", Set.of(Operation.STORE_STATUS));
        commands.put("job-list", Set.of(Operation.STORE_STATUS));
        commands.put("job-watch GROUP", Set.of(Operation.STORE_STATUS));
        commands.put("index-status GROUP", Set.of(Operation.INDEX_STATUS));
        commands.put("index-leakage GROUP", Set.of(Operation.INDEX_STATUS));
        commands.put("audit-list", Set.of(Operation.AUDIT_READ));
        commands.put("audit-verify", Set.of(Operation.AUDIT_VERIFY));
        return commands;
    }

    /** Names as the classes of the console's bundle have them: ParticipantListCommand is participant-list. */
    private static Set<String> commandsOfTheBundle(GatewayProcess gateway) throws Exception {
        Set<String> names = new TreeSet<>();
        Path folder = gateway.home().resolve("system/org/sekisho/sekisho-shell");
        try (var found = Files.walk(folder)) {
            for (Path jar : found.filter(p -> p.toString().endsWith(".jar")).toList()) {
                try (ZipFile zip = new ZipFile(jar.toFile())) {
                    zip.stream()
                            .map(entry -> entry.getName().replaceAll(".*/", ""))
                            .filter(name -> name.endsWith("Command.class") && !name.equals("SekishoCommand.class"))
                            .map(name -> name.substring(0, name.length() - "Command.class".length())
                                    .replaceAll("(?<=.)(?=[A-Z])", "-")
                                    .toLowerCase(Locale.ROOT))
                            .forEach(names::add);
                }
            }
        }
        return names;
    }

    @Test
    void theTableHoldsAtTheConsole() throws Exception {
        GatewayProcess gateway = company.town.gateway;
        Path keys = gateway.home().resolve("etc/keys.properties");
        Map<String, KeyPair> users = new TreeMap<>();
        StringBuilder lines = new StringBuilder(Files.readString(keys));
        for (String role : List.of("operator", "auditor", "visitor")) {
            KeyPair pair = ConsoleKey.generate();
            users.put(role, pair);
            lines.append(role)
                    .append(" = ")
                    .append(ConsoleKey.line(pair))
                    .append(",_g_:")
                    .append(role)
                    .append("s\n");
            lines.append("_g_\\:")
                    .append(role)
                    .append("s = group,ssh,viewer,")
                    .append(role)
                    .append('\n');
        }
        Files.writeString(keys, lines);

        Set<String> offered = commandsOfTheBundle(gateway);
        assertThat(commands().keySet().stream().map(c -> c.split(" ")[0]).distinct())
                .as("every command has its operations here")
                .containsExactlyInAnyOrderElementsOf(offered);

        List<String> wrong = new ArrayList<>();
        for (var user : users.entrySet()) {
            Optional<org.sekisho.api.Role> role = org.sekisho.api.Role.administrative(user.getKey());
            for (var command : commands().entrySet()) {
                String line = "sekisho:"
                        + command.getKey()
                                .replace("GROUP", company.town.group.id().toString())
                                .replace("LEAF", company.stranger.leaf().toString())
                                .replace("NOBODY", new LeafId(Octets.of(new byte[LeafId.SIZE])).toString());
                boolean allowed =
                        role.isPresent() && command.getValue().stream().allMatch(o -> o.permits(Set.of(role.get())));
                String printed = gateway.consoleAs(user.getKey(), user.getValue(), line);
                boolean refused = DENIALS.stream().anyMatch(printed::contains);
                if (allowed == refused) {
                    wrong.add(user.getKey() + ": " + line + ": " + printed);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }
}
