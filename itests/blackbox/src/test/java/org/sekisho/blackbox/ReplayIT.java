// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.client.Enrolment;
import org.sekisho.client.Group;
import org.sekisho.client.GroupPolicy;
import org.sekisho.client.Sekisho;
import org.sekisho.client.SekishoAdmin;
import org.sekisho.codec.group.EnvelopeCodec;
import org.sekisho.crypto.identity.Credential;
import org.sekisho.crypto.identity.Pkcs12;

/**
 * P9 on the real container: everything three SDK clients sent in a group's life, sent again: at once, later, after a restart, as
 * somebody else, to another group or mailbox, to another endpoint, and back to who sent it; by REST and SOAP. None of it changes
 * anything. What the clients send is compared with the registry of types: a new type needs a case here.
 */
class ReplayIT {

    private static final List<String> BOTH = List.of("two-random", "key-derivation");
    private static final char[] PASSWORD = "for-this-run-only".toCharArray();

    /** Types that no client of this life sends, and where their replay is tried. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("host/complaint", "only against a gateway that lies: GatewayRefusalsTest, simulator"),
            Map.entry("host/fresh", "answered when an admin asks: GatewayRefusalsTest, simulator"),
            Map.entry("host/reinit-asked", "made by the server: sent back below, from the log"),
            Map.entry("host/reinit-ended", "made by the server: sent back below, from the log"),
            Map.entry("host/refused", "made by the server, never accepted from anybody: GatewayRefusalsTest"),
            Map.entry("rn12/rn2", "made by the server: sent back below, from the log"),
            Map.entry("rn12/sponsor", "made by the server: sent back below, from the log"),
            Map.entry("dmkd/start", "made by the server: sent back below, from the log"),
            Map.entry("dmkd/2", "made by the server: sent back below, from the log"),
            Map.entry("dmkd/4", "made by the server: sent back below, from the log"),
            Map.entry("dmkd/update", "made by the server: sent back below, from the log"),
            Map.entry("dmkd/commit", "made by the server: sent back below, from the log"),
            Map.entry("dmkd/absent", "made by the server, for one leaf: AttackTest of key-derivation, simulator"),
            Map.entry("dmkd/welcome", "made by the server, for one leaf: AttackTest of key-derivation, simulator"),
            Map.entry("dmkd/welcomes", "only for members who were away: AttackTest of key-derivation, simulator"),
            Map.entry("dmkd/complaint", "only against a server that lies: AttackTest of key-derivation"));

    /** Names of the same form that are keys of stored state, not types. */
    private static final Set<String> STATE = Set.of("member/asked", "member/change", "member/invitations");

    private static final Pattern BYTES = Pattern.compile("\"(envelope|message|genesis)\":\"([^\"]*)\"");
    private static final Pattern ENTRY = Pattern.compile("\"kind\":\"ENVELOPE\",\"bytes\":\"([^\"]*)\"");

    private final List<Credential> credentials = new ArrayList<>();
    private final List<LeafId> leaves = new ArrayList<>();
    private final List<Recorder> recorders = new ArrayList<>();
    private final List<Sekisho> people = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private GatewayProcess gateway;
    private GroupId group;
    private GroupId other;

    @Test
    void nothingIsAcceptedTwice() throws Exception {
        Path home = Files.createTempDirectory("sekisho-replay");
        gateway = GatewayProcess.unpack(
                Path.of(System.getProperty("sekisho.distribution")), home.resolve("gateway"), Ports.free());
        try {
            gateway.start();
            gateway.awaitReady(Duration.ofSeconds(120));
            live(home);
            List<Recorder.Request> recorded = new ArrayList<>();
            recorders.forEach(r -> recorded.addAll(r.requests()));
            coversTheRegistry(recorded);
            List<String> shown = shown();
            var before = GatewayRows.settled(gateway);
            again(recorded, shown);
            assertThat(wrong).isEmpty();
            assertThat(GatewayRows.digest(gateway)).isEqualTo(before);
            gateway.kill();
            gateway.start();
            gateway.awaitReady(Duration.ofSeconds(120));
            var restarted = GatewayRows.settled(gateway);
            again(recorded, shown);
            assertThat(wrong).isEmpty();
            assertThat(GatewayRows.digest(gateway)).isEqualTo(restarted);
        } finally {
            recorders.forEach(Recorder::close);
            gateway.close();
        }
        Demo.delete(home);
    }

    /**
     * A group is founded, grows, talks, renews and rotates, and loses two; its rules change, it moves to another scheme and lives
     * there; a move that is ordered is taken back. Then everybody goes home.
     */
    private void live(Path home) throws Exception {
        try (SekishoAdmin admin =
                SekishoAdmin.connect(gateway.root(), gateway.authority(), "admin", gateway.adminSecret())) {
            for (int i = 0; i < 4; i++) {
                Path directory = Files.createDirectories(home.resolve("person" + i));
                Path p12 = directory.resolve("identity.p12");
                String token =
                        admin.invite("CN=person " + i, Duration.ofHours(1)).token();
                leaves.add(Enrolment.at(gateway.root(), gateway.authority())
                        .redeem(token, p12, PASSWORD, directory.resolve("state")));
                credentials.add(Pkcs12.load(p12, PASSWORD));
                Recorder recorder = new Recorder(gateway, i, credentials.get(i));
                recorders.add(recorder);
                people.add(Sekisho.connect(recorder.root(), p12, PASSWORD, directory.resolve("state")));
            }
        }
        people.subList(1, 4).forEach(p -> p.onInvitation(invitation -> invitation.accept()));
        Group owned = people.get(0)
                .createGroup(GroupPolicy.withDefaults("replayed")
                        .withAllowedSchemes(BOTH)
                        .withIntervals(Duration.ofDays(30), Duration.ofDays(1)));
        group = owned.id();
        for (LeafId leaf : leaves.subList(1, 4)) {
            owned.invite(leaf);
            owned.awaitMember(leaf);
        }
        for (Sekisho person : people) {
            assertThat(Deadline.await(Town.PATIENCE, () -> in(person, owned.epoch())))
                    .isTrue();
        }
        owned.send("one");
        groupOf(people.get(1)).send("two");
        long epoch = owned.epoch();
        owned.renew();
        owned.awaitEpoch(epoch + 1);
        owned.remove(leaves.get(2));
        assertThat(Deadline.await(Town.PATIENCE, () -> in(people.get(3), owned.epoch())))
                .isTrue();
        int members = owned.members().size();
        groupOf(people.get(3)).leave();
        assertThat(Deadline.await(Town.PATIENCE, () -> owned.members().size() < members))
                .isTrue();
        owned.rotate();
        owned.send("three");
        owned.updatePolicy(rules -> rules.withIntervals(Duration.ofDays(29), Duration.ofDays(2)));
        owned.switchScheme("key-derivation");
        owned.send("four");
        owned.invite(leaves.get(2));
        owned.awaitMember(leaves.get(2));
        owned.renew();
        owned.remove(leaves.get(2));
        owned.send("five");
        movedAndBack();
        TimeUnit.SECONDS.sleep(2);
        other = people.get(2).createGroup(GroupPolicy.withDefaults("elsewhere")).id();
        TimeUnit.SECONDS.sleep(1);
        people.forEach(Sekisho::close);
    }

    /** A second group of two, one of them away, so that its move waits and can be taken back. */
    private void movedAndBack() throws InterruptedException {
        Group stays =
                people.get(0).createGroup(GroupPolicy.withDefaults("stays").withAllowedSchemes(BOTH));
        stays.invite(leaves.get(1));
        stays.awaitMember(leaves.get(1));
        people.get(1).close();
        var move = stays.switchSchemeAsync("key-derivation");
        assertThat(Deadline.await(Town.PATIENCE, () -> stays.pendingSwitch().isPresent()))
                .isTrue();
        stays.cancelSwitch();
        assertThat(Deadline.await(Town.PATIENCE, () -> stays.pendingSwitch().isEmpty()))
                .isTrue();
        assertThat(move).failsWithin(Town.PATIENCE);
        assertThat(stays.scheme()).isEqualTo("two-random");
    }

    private Group groupOf(Sekisho person) {
        return person.groups().stream()
                .filter(g -> g.id().equals(group))
                .findFirst()
                .orElseThrow();
    }

    private boolean in(Sekisho person, long epoch) {
        return person.groups().stream().anyMatch(g -> g.id().equals(group) && g.epoch() >= epoch);
    }

    private static Optional<String> type(String base64) {
        try {
            return Optional.of(EnvelopeCodec.decodeSigned(Octets.ofBase64(base64))
                    .envelope()
                    .type());
        } catch (RuntimeException noEnvelope) {
            return Optional.empty();
        }
    }

    private static void coversTheRegistry(List<Recorder.Request> recorded) throws Exception {
        Set<String> sent = new TreeSet<>();
        for (Recorder.Request request : recorded) {
            Matcher bytes = BYTES.matcher(request.body());
            if (bytes.find()) {
                type(bytes.group(2)).ifPresent(sent::add);
            }
        }
        Set<String> registry = MessageTypes.all();
        assertThat(registry).contains("member/invite", "rn12/rotate", "host/commit");
        Set<String> missing = new TreeSet<>(registry);
        missing.removeAll(sent);
        missing.removeAll(ELSEWHERE.keySet());
        missing.removeAll(STATE);
        assertThat(missing).as("types without a case; sent were %s", sent).isEmpty();
    }

    /** Envelopes as the log shows them to a member, those of the server among them. */
    private List<String> shown() throws Exception {
        HttpResponse<String> log = wire(0).rest("GET", "/groups/" + group + "/log?after=0&limit=500", "");
        List<String> shown = new ArrayList<>();
        Matcher entry = ENTRY.matcher(log.body());
        while (entry.find()) {
            shown.add(entry.group(1));
        }
        assertThat(shown).as(log.body()).isNotEmpty();
        return shown;
    }

    private Wire wire(int person) throws Exception {
        return Wire.holder(gateway, credentials.get(person));
    }

    private HttpResponse<String> send(Wire wire, Recorder.Request request, String path, Optional<String> key)
            throws Exception {
        HttpRequest.Builder builder = wire.to(path)
                .method(
                        request.method(),
                        request.body().isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(request.body()))
                .header("Content-Type", "application/json");
        key.ifPresent(value -> builder.header("Idempotency-Key", value));
        return wire.send(builder);
    }

    /** An answer that says no. The same request of the same caller may get its first answer again. */
    private void refused(String how, Recorder.Request request, HttpResponse<String> answer, boolean repeated) {
        if (answer.statusCode() < 400 && !repeated || Wire.code(answer).equals(Optional.of("INTERNAL"))) {
            wrong.add(how + ": " + request.method() + " " + request.path() + ": " + answer.statusCode() + " "
                    + answer.body());
        }
    }

    private void again(List<Recorder.Request> recorded, List<String> shown) throws Exception {
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < credentials.size(); i++) {
            wires.add(wire(i));
        }
        String nobody = leaves.get(3).toString();
        for (Recorder.Request request : recorded) {
            Wire own = wires.get(request.person());
            refused("the same", request, send(own, request, request.path(), request.key()), true);
            // a receipt of what was done before is no second deed: the digest tells
            refused("without its key", request, send(own, request, request.path(), Optional.empty()), true);
            if (request.method().equals("POST")) {
                for (int i = 0; i < wires.size(); i++) {
                    if (i != request.person()) {
                        boolean founding = request.path().endsWith("/groups");
                        refused(
                                "by person " + i,
                                request,
                                send(wires.get(i), request, request.path(), request.key()),
                                founding);
                    }
                }
                String elsewhere = request.path()
                        .replace(group.toString(), other.toString())
                        .replaceAll("/mailboxes/[0-9a-f]+", "/mailboxes/" + nobody);
                if (!elsewhere.equals(request.path()) && !request.path().contains(nobody)) {
                    refused("elsewhere", request, send(own, request, elsewhere, Optional.empty()), false);
                }
            }
            redirected(wires, request);
        }
        for (String envelope : shown) {
            for (Wire wire : wires) {
                reflected(wire, envelope);
            }
        }
    }

    /** The signed octets at every other place that takes such. */
    private void redirected(List<Wire> wires, Recorder.Request request) throws Exception {
        Matcher bytes = BYTES.matcher(request.body());
        if (!bytes.find()) {
            return;
        }
        String octets = bytes.group(2);
        Wire own = wires.get(request.person());
        String back = leaves.get(request.person()).toString();
        refused(
                "back to the sender",
                request,
                own.rest("POST", "/mailboxes/" + back, "{\"envelope\":\"" + octets + "\"}"),
                false);
        refused(
                "by SOAP",
                request,
                own.soap(
                        Wire.SOAP12,
                        "groups",
                        "submit",
                        "<group>" + other + "</group><envelope>" + octets + "</envelope>"),
                request.path().contains(other.toString()));
        if (!bytes.group(1).equals("message")) {
            refused(
                    "as a message",
                    request,
                    own.rest("POST", "/groups/" + group + "/messages", "{\"message\":\"" + octets + "\"}"),
                    false);
        } else {
            refused(
                    "as an envelope",
                    request,
                    own.rest("POST", "/groups/" + group + "/envelopes", "{\"envelope\":\"" + octets + "\"}"),
                    false);
        }
        if (!bytes.group(1).equals("genesis")) {
            refused("as a founding", request, own.rest("POST", "/groups", "{\"genesis\":\"" + octets + "\"}"), false);
        }
    }

    /** What the server handed out comes back to it, by REST and SOAP. */
    private void reflected(Wire wire, String envelope) throws Exception {
        var asRequest = new Recorder.Request(0, "POST", "an entry of the log", Optional.empty(), "");
        refused(
                "reflected",
                asRequest,
                wire.rest("POST", "/groups/" + group + "/envelopes", "{\"envelope\":\"" + envelope + "\"}"),
                true);
        refused(
                "reflected by SOAP",
                asRequest,
                wire.soap(
                        Wire.SOAP11,
                        "groups",
                        "submit",
                        "<group>" + group + "</group><envelope>" + envelope + "</envelope>"),
                true);
    }
}
