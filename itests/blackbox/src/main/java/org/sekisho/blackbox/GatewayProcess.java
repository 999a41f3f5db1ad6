// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.rmi.RemoteException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;

/**
 * The real distribution in a process of its own: unpacked, started, asked, killed. Loopback only. Not safe for several threads,
 * except {@link #console}.
 */
public final class GatewayProcess implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CONSOLE = Duration.ofSeconds(20);

    private final Path home;
    private final Ports ports;
    private KeyPair consoleKey;
    private Process process;

    private GatewayProcess(Path home, Ports ports) {
        this.home = home;
        this.ports = ports;
    }

    /** Unpacks {@code archive} (the distribution's tar.gz) into {@code home}, which must not exist. */
    public static GatewayProcess unpack(Path archive, Path home, Ports ports) throws IOException {
        Files.createDirectories(home);
        run(
                home,
                List.of("tar", "xzf", archive.toAbsolutePath().toString(), "--strip-components=1"),
                home.resolve("unpack.log"));
        return new GatewayProcess(home, ports);
    }

    public Path home() {
        return home;
    }

    public Ports ports() {
        return ports;
    }

    /** Base of the REST interface. */
    public URI api() {
        return URI.create("https://127.0.0.1:" + ports.api() + "/api/v1");
    }

    /** Where clients connect. */
    public URI root() {
        return URI.create("https://127.0.0.1:" + ports.api());
    }

    /** The gateway's own certificate authority, PEM; there after the first start. */
    public Path authority() {
        return home.resolve("etc/keys/ca.pem");
    }

    /** Starts the process; does not wait. */
    public void start() throws IOException {
        if (consoleKey == null) {
            consoleKey = ConsoleKey.install(home);
        }
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/karaf").toString(), "server");
        builder.directory(home.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("SEKISHO_API_PORT", String.valueOf(ports.api()));
        builder.environment().put("SEKISHO_ADMIN_PORT", String.valueOf(ports.admin()));
        builder.environment().put("SEKISHO_SSH_PORT", String.valueOf(ports.ssh()));
        builder.environment()
                .put("KARAF_REDIRECT", home.resolve("data/console.log").toString());
        Files.createDirectories(home.resolve("data"));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(
                home.resolve("data/console.log").toFile()));
        process = builder.start();
    }

    /** Waits until readiness answers 200; gives the time that took. */
    public Duration awaitReady(Duration most) throws InterruptedException {
        Instant begin = Instant.now();
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.admin() + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        while (Duration.between(begin, Instant.now()).compareTo(most) < 0) {
            if (!process.isAlive()) {
                throw new IllegalStateException("the gateway ended: see " + home.resolve("data"));
            }
            try {
                if (http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return Duration.between(begin, Instant.now());
                }
            } catch (IOException notYet) {
                // nobody listens yet: the loop ends by time or by the process's end
            }
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
        throw new IllegalStateException("not ready within " + most + ": see " + home.resolve("data"));
    }

    /** The Java process: the start script may be its parent. */
    public ProcessHandle java() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .filter(h -> h.info().command().map(c -> c.endsWith("java")).orElse(false))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no Java process"));
    }

    /** SIGKILL, at once. */
    public void kill() throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(h -> h.onExit().join());
        process.waitFor();
    }

    /** Asks the process to end and waits. */
    public void stop() throws InterruptedException {
        if (process == null || !process.isAlive()) {
            return;
        }
        java().destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            kill();
        }
    }

    /** Runs one console command over SSH with the run's key and gives what it printed. */
    public String console(String command) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            execute("admin", consoleKey, command, printed);
        } catch (IOException e) {
            throw new IOException("console: " + command + ": " + printed.toString(StandardCharsets.UTF_8), e);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** As {@link #console}, by another user; what a command that fails has printed counts as its answer. */
    String consoleAs(String user, KeyPair key, String command) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            execute(user, key, command, printed);
        } catch (RemoteException failed) {
            return printed.toString(StandardCharsets.UTF_8);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private void execute(String user, KeyPair key, String command, ByteArrayOutputStream printed) throws IOException {
        try (SshClient ssh = SshClient.setUpDefaultClient()) {
            ssh.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
            ssh.start();
            try (ClientSession session =
                    ssh.connect(user, "127.0.0.1", ports.ssh()).verify(CONSOLE).getSession()) {
                session.addPublicKeyIdentity(key);
                session.auth().verify(CONSOLE);
                session.executeRemoteCommand(command, printed, printed, StandardCharsets.UTF_8);
            }
        }
    }

    /** The one-time secret of the administrator {@code admin}. */
    public char[] adminSecret() throws IOException {
        return Files.readString(home.resolve("data/admin-secret.txt")).strip().toCharArray();
    }

    /** Writes a heap dump of live objects of the running gateway. */
    public void heapDump(Path file) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        run(
                home,
                List.of(
                        jcmd.toString(),
                        String.valueOf(java().pid()),
                        "GC.heap_dump",
                        file.toAbsolutePath().toString()),
                home.resolve("data/jcmd.log"));
    }

    /** How many live objects of each class the running gateway has, after a full collection. */
    public Map<String, Long> liveObjects() throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Path histogram = home.resolve("data/histogram.txt");
        run(home, List.of(jcmd.toString(), String.valueOf(java().pid()), "GC.class_histogram"), histogram);
        Map<String, Long> live = new HashMap<>();
        for (String line : Files.readAllLines(histogram)) {
            String[] columns = line.strip().split("\\s+");
            if (columns.length >= 4
                    && columns[0].endsWith(":")
                    && columns[1].chars().allMatch(Character::isDigit)) {
                live.merge(columns[3], Long.parseLong(columns[1]), Long::sum);
            }
        }
        return live;
    }

    /** All files the gateway has written: database, logs, keys, temporary files. */
    public List<Path> written() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path root : List.of(home.resolve("data"), home.resolve("etc"))) {
            try (Stream<Path> walk = Files.walk(root, new FileVisitOption[0])) {
                walk.filter(Files::isRegularFile).forEach(files::add);
            }
        }
        return files;
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }

    private static void run(Path directory, List<String> command, Path log) throws IOException {
        try {
            Process p = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (p.waitFor() != 0) {
                throw new IOException(command.get(0) + " failed: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
