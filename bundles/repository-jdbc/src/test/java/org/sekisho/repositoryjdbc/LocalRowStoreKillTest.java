// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.Octets;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.Table;

@Timeout(300)
class LocalRowStoreKillTest {

    private static final int KILLS = Integer.getInteger("sekisho.kills", 3);

    private final long seed = Long.getLong("sekisho.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    private Path directory;

    @Test
    void every_confirmed_row_is_there_after_a_kill_and_none_is_half_there() throws Exception {
        long confirmed = -1;
        for (int kill = 1; kill <= KILLS; kill++) {
            confirmed = Math.max(confirmed, writeAndKill(directory, 1 + random.nextInt(400)));
            try (LocalRowStore store = LocalRowStore.open(directory)) {
                check(store, confirmed);
            }
        }
    }

    @Test
    void a_store_whose_creation_was_killed_opens() throws Exception {
        for (int kill = 1; kill <= Math.max(1, KILLS / 3); kill++) {
            Path fresh = directory.resolve("fresh" + kill);
            Process writer = writer(fresh);
            TimeUnit.MILLISECONDS.sleep(200 + random.nextInt(1_500));
            writer.destroyForcibly().waitFor();
            try (LocalRowStore store = LocalRowStore.open(fresh)) {
                store.transact(KilledWriter.SCOPE, tx -> tx.insert(Table.GROUP, KilledWriter.NEXT, Octets.EMPTY));
            }
        }
    }

    /** Kills at a random moment after {@code acknowledged} lines; the greatest number that was printed. */
    private static long writeAndKill(Path directory, int acknowledged) throws Exception {
        Process writer = writer(directory);
        try (BufferedReader lines = writer.inputReader()) {
            String line = null;
            for (int i = 0; i < acknowledged; i++) {
                line = lines.readLine();
                assertThat(line).as("the writer ended: %s", line).isNotNull();
            }
            writer.toHandle().destroyForcibly(); // unlike Process.destroyForcibly it leaves what was printed to be read
            writer.waitFor();
            long last = Long.parseLong(line);
            for (line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line.isEmpty() ? last : Math.max(last, parsed(line, last));
            }
            return last;
        }
    }

    /** The last line may be cut; a number cut short is smaller than those before it. */
    private static long parsed(String line, long last) {
        return line.chars().allMatch(Character::isDigit) ? Long.parseLong(line) : last;
    }

    private void check(LocalRowStore store, long confirmed) {
        store.read(KilledWriter.SCOPE, tx -> {
            long next = tx.get(Table.COUNTER, KilledWriter.NEXT).orElseThrow().toLong();
            assertThat(next).as("rows written, seed %d", seed).isBetween(confirmed + 1, confirmed + 2);
            assertThat(tx.count(Table.LOG, Octets.EMPTY))
                    .as("rows, seed %d", seed)
                    .isEqualTo(next);
            assertThat(tx.last(Table.LOG, Octets.EMPTY))
                    .contains(new Row(Octets.ofLong(next - 1), Octets.utf8("row " + (next - 1))));
            return null;
        });
    }

    private static Process writer(Path directory) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
