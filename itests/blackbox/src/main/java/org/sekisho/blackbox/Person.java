// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.SekishoException;
import org.sekisho.client.Enrolment;
import org.sekisho.client.Group;
import org.sekisho.client.Message;
import org.sekisho.client.ReceivedInvitation;
import org.sekisho.client.Sekisho;
import org.sekisho.client.SekishoAdmin;
import org.sekisho.client.SekishoOptions;

/** One participant with an SDK client of its own: accepts every invitation and keeps what it reads. Safe for many threads. */
public final class Person implements AutoCloseable {

    private final String name;
    private final LeafId leaf;
    private final Sekisho sekisho;
    private final Path directory;
    private final char[] password;
    private final SekishoOptions options;
    private final Map<GroupId, Group> groups = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> read = new ConcurrentHashMap<>();

    private Person(String name, LeafId leaf, Sekisho sekisho, Path directory, char[] password, SekishoOptions options) {
        this.options = options;
        this.name = name;
        this.leaf = leaf;
        this.sekisho = sekisho;
        this.directory = directory;
        this.password = password;
    }

    /** Gets a token from the administrator, enrols and connects over mutual TLS. */
    public static Person enrol(GatewayProcess gateway, SekishoAdmin admin, Path home, String name) throws IOException {
        return enrol(gateway, admin, home, name, SekishoOptions.DEFAULTS);
    }

    /** As {@link #enrol(GatewayProcess, SekishoAdmin, Path, String)}, with a session that behaves as {@code options} say. */
    public static Person enrol(
            GatewayProcess gateway, SekishoAdmin admin, Path home, String name, SekishoOptions options)
            throws IOException {
        Path directory = Files.createDirectories(home.resolve(name));
        char[] password = HexFormat.of()
                .formatHex(name.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toCharArray();
        String token = admin.invite("CN=" + name + ",O=Demonstration", Duration.ofHours(1))
                .token();
        LeafId leaf = Enrolment.at(gateway.root(), gateway.authority())
                .redeem(token, directory.resolve("identity.p12"), password, directory.resolve("state"));
        return connect(gateway, home, name, leaf, password, options);
    }

    private static Person connect(
            GatewayProcess gateway, Path home, String name, LeafId leaf, char[] password, SekishoOptions options) {
        Path directory = home.resolve(name);
        Sekisho sekisho = Sekisho.connect(
                gateway.root(), directory.resolve("identity.p12"), password, directory.resolve("state"), options);
        Person person = new Person(name, leaf, sekisho, directory, password, options);
        sekisho.groups().forEach(person::listen);
        sekisho.onInvitation(person::accept);
        return person;
    }

    /** Closes this client and opens another on the same state, as after a restart of the application. */
    public Person reconnect(GatewayProcess gateway) {
        sekisho.close();
        Person again = connect(gateway, directory.getParent(), name, leaf, password, options);
        read.forEach((text, times) ->
                again.read.computeIfAbsent(text, t -> new AtomicInteger()).addAndGet(times.get()));
        return again;
    }

    private void accept(ReceivedInvitation invitation) {
        listen(invitation.accept());
    }

    void listen(Group group) {
        if (groups.putIfAbsent(group.id(), group) == null) {
            group.onMessage(this::keep);
        }
    }

    private void keep(Message message) {
        read.computeIfAbsent(message.text(), t -> new AtomicInteger()).incrementAndGet();
    }

    public String name() {
        return name;
    }

    public LeafId leaf() {
        return leaf;
    }

    public Sekisho sekisho() {
        return sekisho;
    }

    /** The directory with identity and state. */
    public Path directory() {
        return directory;
    }

    public char[] password() {
        return password.clone();
    }

    /** This person's view of the group. */
    public Group group(GroupId id) {
        Group group = groups.get(id);
        if (group == null) {
            throw new IllegalStateException(name + " does not know the group");
        }
        return group;
    }

    public boolean knows(GroupId id) {
        return groups.containsKey(id);
    }

    /** How often a text was read. */
    public int times(String text) {
        AtomicInteger n = read.get(text);
        return n == null ? 0 : n.get();
    }

    /** Everything that was read. */
    public List<String> texts() {
        return new ArrayList<>(read.keySet());
    }

    /** True when the gateway or this client's own state refuses to send. */
    public boolean cannotSend(GroupId id) {
        try {
            group(id).send("I should not be able to say this any more");
            return false;
        } catch (SekishoException refused) {
            return true;
        }
    }

    @Override
    public void close() {
        sekisho.close();
    }
}
