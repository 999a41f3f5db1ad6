// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.History;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.Table;
import org.sekisho.messagestore.rows.HeaderRow;
import org.sekisho.messagestore.rows.Scopes;
import org.sekisho.testkit.store.FaultyRowStore;
import org.sekisho.testkit.store.MemoryRowStore;

/** pre_crash_mid_batch_all_messages_readable_and_resume_completes: a failure at every single call of the database. */
class CrashTest {

    @TempDir
    Path keys;

    @Test
    void nothing_is_half_done_after_any_failure_of_a_job() {
        run(FaultyRowStore::failAt);
    }

    @Test
    void nothing_is_done_twice_when_an_answer_is_lost() {
        run(FaultyRowStore::loseAnswerAt);
    }

    private interface Arming {
        void arm(FaultyRowStore store, int n);
    }

    private void run(Arming arming) {
        FaultyRowStore faulty = new FaultyRowStore(new MemoryRowStore());
        try (World world = new World(faulty, keys, History.FULL)) {
            world.commit("alice", "bob");
            for (int i = 0; i < 40; i++) {
                world.actor("alice").send("message " + i);
            }
            int failures = 0;
            IntConsumer arm = n -> arming.arm(faulty, n);
            boolean failed = true;
            for (int n = 1; failed; n++) {
                world.commit("alice", "bob", "carol");
                faulty.heal();
                world.actor("bob").sponsor();
                world.actor("alice").confirm();
                arm.accept(n);
                quietly(world);
                failed = faulty.failed();
                failures += failed ? 1 : 0;
                faulty.heal();
                // a new process: nothing of the old one's memory
                world.store.close();
                assertThat(world.actor("carol").readAll().values()).hasSize(40).noneMatch(MigrationTest::notReadable);
                world.runJobs();
                assertThat(world.actor("carol").readAll().values()).hasSize(40).noneMatch(MigrationTest::notReadable);
                long epoch = world.epoch();
                for (Row row : world.rows.read(
                        Scopes.of(world.group), tx -> tx.scan(Table.HEADER, HeaderRow.prefix(1), Octets.EMPTY, 1000))) {
                    HeaderRow header = HeaderRow.decode(row.value());
                    assertThat(header.epoch()).isEqualTo(epoch);
                    assertThat(header.version()).isEqualTo((int) epoch - 1);
                }
            }
            assertThat(failures).isPositive();
        }
    }

    private static void quietly(World world) {
        try {
            world.store.rebuild();
            world.store.round();
        } catch (SekishoException e) {
            // the crash: what was thrown is not seen by anybody
            assertThat(e).isNotNull();
        }
    }
}
