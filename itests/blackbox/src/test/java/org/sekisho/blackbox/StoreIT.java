// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.client.SekishoAdmin;

/** Stored history on the real distribution, through the SDK: both policies, with members removed and added. */
class StoreIT {

    private Path home;
    private GatewayProcess gateway;
    private SekishoAdmin admin;

    @BeforeEach
    void boot() throws Exception {
        home = Files.createTempDirectory("sekisho-store");
        gateway = GatewayProcess.unpack(
                Path.of(System.getProperty("sekisho.distribution")), home.resolve("gateway"), Ports.free());
        gateway.start();
        gateway.awaitReady(Duration.ofSeconds(120));
        admin = SekishoAdmin.connect(gateway.root(), gateway.authority(), "admin", gateway.adminSecret());
    }

    @AfterEach
    void close() throws Exception {
        admin.close();
        gateway.close();
        Path log = Files.createDirectories(Path.of("target", "gateway-logs")).resolve(home.getFileName() + ".log");
        Files.copy(gateway.home().resolve("data/log/karaf.log"), log);
        Demo.delete(home);
    }

    @Test
    void newcomersReadWhatThePolicySaysAndTheRemovedNothing() throws Exception {
        var out = new ByteArrayOutputStream();
        new DemoStore(gateway, admin, home, new PrintStream(out, true, StandardCharsets.UTF_8)).run(25);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("FULL: the newcomer reads 27 of 27", "FROM_JOIN: the newcomer reads 1 of 27")
                .contains("NOT_A_MEMBER")
                .contains("cohort");
    }
}
