// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** P3: capability bundles updated under load by REST, SOAP and SDK. No request fails but with an honest 503, nothing is lost. */
class SwapIT {

    private static final int SWAPS = Integer.getInteger("sekisho.swaps", 5);
    private static Town town;

    @BeforeAll
    static void open() throws Exception {
        town = new Town(Duration.ofSeconds(2), "ann", "ben", "cho");
    }

    @AfterAll
    static void shut() throws Exception {
        town.close();
    }

    @Test
    void schemeIsSwappedUnderLoad() throws Exception {
        swapUnderLoad("org.sekisho.groupmanagement");
    }

    @Test
    void endpointsStayWhileDirectoryAndAuditAreSwapped() throws Exception {
        swapUnderLoad("org.sekisho.directory", "org.sekisho.audit");
    }

    private static void swapUnderLoad(String... bundles) throws Exception {
        List<Chatter> chatters = new ArrayList<>();
        town.people.forEach(p -> chatters.add(new Chatter(p, town.group.id())));
        long before = town.group.epoch();
        try (StatusProbe rest = new StatusProbe(town.gateway, "/group-management/groups/" + town.group.id());
                SoapProbe soap = new SoapProbe(town.gateway, town.group.id())) {
            for (int i = 0; i < SWAPS; i++) {
                town.gateway.console("bundle:update " + bundles[i % bundles.length]);
                TimeUnit.MILLISECONDS.sleep(1500);
            }
            assertThat(Deadline.await(Town.PATIENCE, () -> town.group.epoch() > before + 2))
                    .as("RN2 is renewed after the swaps")
                    .isTrue();
            for (Chatter chatter : chatters) {
                chatter.close();
            }
            assertThat(rest.failed()).as(rest.failure()).isZero();
            assertThat(rest.answered()).isGreaterThan(SWAPS);
            assertThat(soap.failed()).as(soap.failure()).isZero();
            assertThat(soap.answered()).isGreaterThan(SWAPS);
        }
        for (Chatter chatter : chatters) {
            assertThat(chatter.refusals()).isEmpty();
            assertThat(Deadline.await(Town.PATIENCE, () -> everybodyRead(chatter)))
                    .isTrue();
        }
    }

    private static boolean everybodyRead(Chatter chatter) {
        return chatter.acknowledged().stream()
                .allMatch(text ->
                        town.people.stream().filter(p -> p.times(text) == 1).count() >= town.people.size() - 1);
    }
}
