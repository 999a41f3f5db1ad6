// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.client.SekishoAdmin;

/** A participant in a process of its own ({@link MemberMain}), which is killed and started again on the same state. */
final class RemotePerson implements AutoCloseable {

    private final GatewayProcess gateway;
    private final String name;
    private final LeafId leaf;
    private final Path directory;
    private final char[] password;
    private final Set<String> read = ConcurrentHashMap.newKeySet();
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private final Map<String, String> refused = new ConcurrentHashMap<>();
    private final Map<String, String> places = new ConcurrentHashMap<>();
    private final Map<String, String> phases = new ConcurrentHashMap<>();
    private int asked;
    private Process process;

    private RemotePerson(GatewayProcess gateway, Person enrolled) {
        this.gateway = gateway;
        this.name = enrolled.name();
        this.leaf = enrolled.leaf();
        this.directory = enrolled.directory();
        this.password = enrolled.password();
    }

    static RemotePerson enrol(GatewayProcess gateway, SekishoAdmin admin, Path home, String name) throws IOException {
        try (Person person = Person.enrol(gateway, admin, home, name)) {
            var remote = new RemotePerson(gateway, person);
            person.close();
            remote.start();
            return remote;
        }
    }

    void start() throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        File errors = directory.resolve("errors.log").toFile();
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes,
                        MemberMain.class.getName(),
                        gateway.root().toString(),
                        directory.resolve("identity.p12").toString(),
                        new String(password),
                        directory.resolve("state").toString())
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(errors))
                .start();
        Thread ear = new Thread(() -> hear(process), "ear of " + name);
        ear.setDaemon(true);
        ear.start();
    }

    private void hear(Process speaking) {
        try (var in = new BufferedReader(new InputStreamReader(speaking.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", 2);
                switch (words[0]) {
                    case "READ" -> read.add(words[1]);
                    case "SAID" -> said.add(words[1]);
                    case "REFUSED" -> refused.put(words[1].split(" ", 2)[1], words[1]);
                    case "PHASE" -> phases.put(words[1].split(" ", 2)[0], words[1].split(" ", 2)[1]);
                    case "AT" -> places.put(words[1].split(" ", 2)[0], words[1].split(" ", 2)[1]);
                    default -> {
                        // READY
                    }
                }
            }
        } catch (IOException killed) {
            // a killed process leaves half a line
        }
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
        places.clear();
    }

    /** SIGSTOP: says nothing more, and is not gone. */
    void hold() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /** SIGCONT; nothing to a process that runs. */
    void release() throws IOException, InterruptedException {
        if (process.isAlive()) {
            signal("-CONT");
        }
    }

    private void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", name, String.valueOf(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill " + name + " " + this.name + ": " + exit);
        }
    }

    /** Where this process stands in its group's scheme, as it says itself; empty when it does not answer. */
    String phase(GroupId group) throws InterruptedException {
        String number = String.valueOf(++asked);
        order("phase " + group + " " + number);
        Deadline.await(Duration.ofSeconds(2), () -> phases.containsKey(number));
        return phases.getOrDefault(number, "");
    }

    boolean alive() {
        return process.isAlive();
    }

    private void order(String line) {
        try {
            Writer to = process.outputWriter(StandardCharsets.UTF_8);
            to.write(line + "\n");
            to.flush();
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void say(GroupId group, String text) {
        order("say " + group + " " + text);
    }

    /** Epoch, safety number and scheme, as the process sees them; asks again each time. */
    Optional<String> place(GroupId group) {
        order("where " + group);
        return Optional.ofNullable(places.get(group.toString()));
    }

    Set<String> read() {
        return Set.copyOf(read);
    }

    Set<String> said() {
        return Set.copyOf(said);
    }

    Set<String> refused() {
        return Set.copyOf(refused.keySet());
    }

    String name() {
        return name;
    }

    LeafId leaf() {
        return leaf;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
