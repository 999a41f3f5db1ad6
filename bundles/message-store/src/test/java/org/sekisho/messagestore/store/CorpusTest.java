// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sekisho.api.group.History;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.repositoryjdbc.LocalRowStore;

/**
 * What people really wrote, stored while members come and go, and read back message by message by whom the policy says and by nobody
 * else. A sample in the build; {@code -Dsekisho.corpus.lines=195615} takes all of it.
 */
class CorpusTest {

    private static final int LINES = Integer.getInteger("sekisho.corpus.lines", 400);
    private static final Path CORPUS = Path.of("..", "..", "..", "shared", "corpus", "irc-en.tsv");

    @TempDir
    Path directory;

    private final Map<MessageId, String> texts = new HashMap<>();
    private final Map<MessageId, Long> cohorts = new HashMap<>();

    @ParameterizedTest
    @EnumSource(History.class)
    void everything_is_readable_by_whom_the_policy_says(History history) throws IOException {
        Path corpus = Stream.of(CORPUS, Path.of("..", "shared", "corpus", "irc-en.tsv"))
                .filter(Files::exists)
                .findFirst()
                .orElse(CORPUS);
        assumeTrue(Files.exists(corpus), () -> "no corpus beside the repository: skipped");
        try (LocalRowStore rows = LocalRowStore.open(directory.resolve(history.name()));
                World world = new World(rows, directory.resolve("keys-" + history), history);
                Stream<String> lines = Files.lines(corpus)) {
            String[][] members = {
                {"alice", "bob", "carol"}, {"alice", "bob"}, {"alice", "bob", "dave"}, {"alice", "bob", "dave", "erin"}
            };
            world.commit(members[0]);
            List<String> all = lines.limit(LINES).toList();
            int part = Math.max(1, all.size() / members.length);
            for (int i = 0; i < all.size(); i++) {
                if (i > 0 && i % part == 0 && i / part < members.length) {
                    world.commit(members[i / part]);
                    world.migrate("alice", "bob");
                }
                String text = all.get(i).substring(all.get(i).lastIndexOf('\t') + 1);
                MessageId id =
                        world.actor(i % 2 == 0 ? "alice" : "bob").send(text).message();
                texts.put(id, text);
                cohorts.put(
                        id, world.epochs.get((int) world.epoch() - 1).header().cohort());
            }
            world.migrate("alice", "bob");
            for (String name : new ArrayList<>(List.of(members[members.length - 1]))) {
                check(world, name);
            }
            check(world, "alice");
            Actor removed = world.actor("carol");
            org.assertj.core.api.Assertions.assertThatThrownBy(removed::readAll)
                    .isInstanceOf(org.sekisho.api.DeniedException.class);
        }
    }

    private void check(World world, String name) {
        Actor actor = world.actor(name);
        Map<MessageId, String> read = actor.readAll();
        texts.forEach((id, text) -> {
            boolean may = world.history == History.FULL || actor.joins.containsKey(cohorts.get(id));
            if (may) {
                assertThat(read.get(id)).as(name).isEqualTo(text);
            } else {
                assertThat(read).as(name).doesNotContainKey(id);
            }
        });
        assertThat(read.size())
                .isEqualTo(texts.keySet().stream()
                        .filter(id -> world.history == History.FULL || actor.joins.containsKey(cohorts.get(id)))
                        .count());
    }
}
