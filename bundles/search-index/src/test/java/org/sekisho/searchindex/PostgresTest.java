// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sekisho.api.group.History;
import org.sekisho.repositoryjdbc.JdbcRowStore;

/** On a real PostgreSQL, with two gateways on one database: each request goes to the one or the other. */
class PostgresTest {

    private static final int OPERATIONS = 60;

    @ParameterizedTest
    @EnumSource(History.class)
    void search_equals_the_plaintext_model_through_two_gateways(History history) throws Exception {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        assumeTrue(system.equals("Linux amd64"), () -> "no PostgreSQL binaries for " + system + ": skipped");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                JdbcRowStore one = JdbcRowStore.open(postgres.getPostgresDatabase());
                JdbcRowStore two = JdbcRowStore.open(postgres.getPostgresDatabase())) {
            TestGroup group = new TestGroup(one, history, 20261121, "owner", "m1", "m2");
            GatewayIndex index = group.gateway(two);
            GatewayWriting writing = group.writing(two);
            int[] asked = {0, 0};
            group.between = first -> new RemoteGateway(group, first.caller) {
                @Override
                GatewayIndex index() {
                    int which = group.random.nextInt(2);
                    asked[which]++;
                    return which == 0 ? group.index : index;
                }

                @Override
                GatewayWriting writing() {
                    int which = group.random.nextInt(2);
                    asked[which]++;
                    return which == 0 ? group.writing : writing;
                }
            };
            new PlaintextModelTest().run(group, 20261121, OPERATIONS);
            assertThat(asked[0]).isGreaterThan(OPERATIONS);
            assertThat(asked[1]).isGreaterThan(OPERATIONS);
        }
    }
}
