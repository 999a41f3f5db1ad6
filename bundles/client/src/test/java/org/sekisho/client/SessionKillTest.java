// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.LeafId;
import org.sekisho.client.gateway.TestGateway;

/** A member's process is killed while messages and epochs flow: it goes on, misses nothing, and hears nothing
 * again but what it was just handling. */
class SessionKillTest {

    private static final int KILLS = 4;
    private static final int PER_LIFE = 8;
    private static final String PASSWORD = "correct horse";
    private static final Duration SOON = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    @Test
    void killed_member_goes_on() throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            enrol(gateway, "alice");
            LeafId bob = enrol(gateway, "bob");
            List<String> sent = new ArrayList<>();
            Process child = start(gateway);
            try (Sekisho alice = Sekisho.connect(
                    gateway.uri(),
                    folder.resolve("alice.p12"),
                    PASSWORD.toCharArray(),
                    folder.resolve("alice"),
                    SekishoOptions.DEFAULTS.withPatience(SOON).withRetry(SOON))) {
                Group group = alice.createGroup(GroupPolicy.withDefaults("team"));
                group.invite(bob);
                group.awaitMember(bob);
                for (int life = 0; life <= KILLS; life++) {
                    for (int i = 0; i < PER_LIFE; i++) {
                        String text = "life " + life + " message " + i;
                        group.send(text);
                        sent.add(text);
                    }
                    group.renew();
                    if (life < KILLS) {
                        int least = life * PER_LIFE + 1 + life;
                        await().atMost(SOON).until(() -> heard().size() >= least);
                        child.destroyForcibly().waitFor();
                        child = start(gateway);
                    }
                }
                await().atMost(SOON).until(() -> heard().contains(sent.get(sent.size() - 1)));
            } finally {
                child.destroyForcibly().waitFor();
            }
            assertThat(heard()).containsExactlyElementsOf(sent);
        }
    }

    private LeafId enrol(TestGateway gateway, String name) throws IOException {
        return Enrolment.at(gateway.uri(), gateway.authority(folder))
                .redeem(
                        gateway.token(name).token(),
                        folder.resolve(name + ".p12"),
                        PASSWORD.toCharArray(),
                        folder.resolve(name));
    }

    private Process start(TestGateway gateway) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledMember.class.getName(),
                        gateway.uri().toString(),
                        folder.resolve("bob.p12").toString(),
                        folder.resolve("bob").toString(),
                        folder.resolve("journal").toString(),
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("child.log").toFile())
                .start();
    }

    /** What was being handled at a kill comes again under its number: such a line counts once. */
    private List<String> heard() {
        Path journal = folder.resolve("journal");
        try {
            List<String> lines = Files.exists(journal) ? Files.readAllLines(journal) : List.of();
            return new LinkedHashSet<>(lines)
                    .stream().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
