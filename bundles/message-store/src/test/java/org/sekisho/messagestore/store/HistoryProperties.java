// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sekisho.api.group.History;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.testkit.store.MemoryRowStore;

/**
 * Random joining, leaving, writing and reading against a model that remembers the plaintext and who may read it;
 * {@code -Dsekisho.seed=N} repeats a run, {@code -Dsekisho.steps=N} makes it longer.
 */
class HistoryProperties {

    private static final long SEED = Long.getLong("sekisho.seed", new SplittableRandom().nextLong());
    private static final int STEPS = Integer.getInteger("sekisho.steps", 60);
    private static final List<String> NAMES = List.of("alice", "bob", "carol", "dave", "erin");

    @TempDir
    Path keys;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Map<MessageId, String> texts = new HashMap<>();
    private final Map<MessageId, Long> cohorts = new HashMap<>();

    @ParameterizedTest
    @EnumSource(History.class)
    void everybody_reads_what_the_policy_says_and_nothing_else(History history) {
        try (World world = new World(new MemoryRowStore(), keys.resolve(history.name()), history)) {
            TreeSet<String> members = new TreeSet<>(List.of("alice", "bob"));
            world.commit(members.toArray(String[]::new));
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(6)) {
                    case 0 -> change(world, members);
                    case 1 -> world.migrate("alice", others(members));
                    case 2 -> read(world, members);
                    default -> write(world, members);
                }
            }
            world.migrate("alice", others(members));
            world.migrate("bob", others(members));
            read(world, members);
        }
    }

    /** Alice and Bob stay, so that every cohort has somebody who can move it. */
    private void change(World world, TreeSet<String> members) {
        String name = NAMES.get(2 + random.nextInt(NAMES.size() - 2));
        if (!members.remove(name)) {
            members.add(name);
        }
        world.commit(members.toArray(String[]::new));
    }

    private void write(World world, TreeSet<String> members) {
        String by = new ArrayList<>(members).get(random.nextInt(members.size()));
        String text = by + " says " + random.nextInt();
        MessageId id = world.actor(by).send(text).message();
        texts.put(id, text);
        cohorts.put(id, world.epochs.get((int) world.epoch() - 1).header().cohort());
    }

    private void read(World world, TreeSet<String> members) {
        for (String name : members) {
            Actor actor = world.actor(name);
            Map<MessageId, String> seen = actor.readAll();
            texts.forEach((id, text) -> {
                long cohort = cohorts.get(id);
                boolean mayRead = world.history == History.FULL || actor.joins.containsKey(cohort);
                if (mayRead) {
                    assertThat(seen.get(id)).as("seed %d, %s", SEED, name).isIn(text, Actor.PENDING);
                    boolean old = name.equals("alice") || name.equals("bob");
                    if (old) {
                        assertThat(seen.get(id)).as("seed %d, %s", SEED, name).isEqualTo(text);
                    }
                } else {
                    assertThat(seen.get(id)).as("seed %d, %s", SEED, name).isNotEqualTo(text);
                }
            });
        }
    }

    private static String[] others(TreeSet<String> members) {
        return members.stream().filter(name -> !name.equals("alice")).toArray(String[]::new);
    }
}
