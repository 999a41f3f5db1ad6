// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Effect;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.api.scheme.Step;
import org.sekisho.codec.Cbor;
import org.sekisho.testkit.store.FaultyRowStore;

/**
 * What every key-management scheme must keep, on the production hosts: extend it and name the scheme. {@code
 * -Dsekisho.all=true} tries every boundary instead of a part of them.
 */
public abstract class SchemeContract {

    private static final boolean ALL = Boolean.getBoolean("sekisho.all");
    private static final int PEOPLE = 3;
    private static final Runnable NOTHING = () -> {};

    /** The scheme that is held to the contract. */
    protected abstract SchemeUnderTest scheme();

    private String wish() {
        return scheme().wishes().get(0);
    }

    private Scene scene(long seed, Lens lens, Faults faults) {
        return new Scene(seed, List.of(scheme()), lens, faults, PEOPLE);
    }

    private void story(Lens lens, Consumer<Scene> prepare, Function<Scene, Runnable> between) {
        try (Scene scene = scene(1, lens, Faults.NONE)) {
            prepare.accept(scene);
            new Story(scene, between.apply(scene)).tell();
        }
    }

    @Test
    void spi_reducer_is_deterministic() {
        Queue<String> differences = new ConcurrentLinkedQueue<>();
        Lens twice = (made, leaf) -> new Twice(made, scheme().bundle(), differences);
        story(twice, scene -> {}, scene -> NOTHING);
        for (long seed = 1; seed <= 4; seed++) {
            new Run(seed, List.of(scheme()), twice, Faults.harsh(0.1 * seed), 5, 200).run();
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void spi_crash_at_every_effect_boundary() {
        int nodes = PEOPLE + 1;
        int[] commits = new int[nodes];
        try (Scene scene = scene(1, Lens.NONE, Faults.NONE)) {
            stores(scene).forEach(FaultyRowStore::heal);
            new Story(scene, NOTHING).tell();
            for (int i = 0; i < nodes; i++) {
                commits[i] = stores(scene).get(i).commits();
                assertThat(commits[i]).isGreaterThan(20);
            }
        }
        int stride = ALL ? 1 : 23;
        List<int[]> boundaries = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            for (int at = 1 + node * stride / nodes; at <= commits[node]; at += stride) {
                boundaries.add(new int[] {node, at});
            }
        }
        boundaries.parallelStream().forEach(b -> dies(b[0], b[1]));
    }

    /** The process dies right after its {@code at}-th commit, before anybody hears of it. */
    private void dies(int node, int at) {
        try (Scene scene = scene(1, Lens.NONE, Faults.NONE)) {
            FaultyRowStore store = stores(scene).get(node);
            store.loseAnswerAt(at);
            new Story(scene, NOTHING).tell();
        } catch (RuntimeException | Error broken) {
            throw new AssertionError("node " + node + " dies after commit " + at, broken);
        }
    }

    private static List<FaultyRowStore> stores(Scene scene) {
        List<FaultyRowStore> stores = new ArrayList<>();
        stores.add(scene.gateway.faulty);
        scene.members.forEach(m -> stores.add(m.faulty));
        return stores;
    }

    @Test
    void spi_duplicate_and_reordered_messages() {
        story(Lens.NONE, scene -> {}, scene -> () -> scene.post.replay(scene.members));
        try (Scene scene = scene(2, Lens.NONE, new Faults(0.3, 0, 0, 0, 0, 0, false, false))) {
            new Story(scene, () -> scene.post.replay(scene.members)).tell();
        }
    }

    @Test
    void spi_swap_bundle_at_every_state() {
        AtomicInteger calls = new AtomicInteger();
        Lens swapping = (made, leaf) -> new PassingScheme(made) {
            private GroupKeyScheme present = made;

            @Override
            public Step handle(Ctx ctx, Octets head, Event event) {
                boolean update = ALL || calls.incrementAndGet() % 8 == 0;
                present = update
                        ? new FreshLoader(scheme().packages()).again(made)
                        : scheme().bundle().get();
                return present.handle(ctx, head, event);
            }
        };
        story(swapping, scene -> {}, scene -> NOTHING);
        assertThat(calls).hasValueGreaterThan(50);
        story(
                Lens.NONE,
                scene -> {},
                scene -> every(5, () -> {
                    scene.gateway.stopSchemes();
                    scene.gateway.startSchemes();
                    scene.gateway.restart();
                }));
    }

    private static Runnable every(int n, Runnable action) {
        AtomicInteger moment = new AtomicInteger();
        return () -> {
            if (moment.incrementAndGet() % n == 0) {
                action.run();
            }
        };
    }

    @Test
    void spi_migrate_v1_v2_roundtrip() {
        int steps = ALL ? 1 : 40;
        IntStream.range(1, 10).map(i -> i * steps).parallel().forEach(this::migrates);
    }

    /** The gateway's bundle is updated at one moment of the story; going back is refused and loses nothing. */
    private void migrates(int moment) {
        AtomicInteger at = new AtomicInteger();
        Lens byTime = (made, leaf) -> leaf.isEmpty() && updated(at, moment) ? new NextVersion(made) : made;
        story(byTime, scene -> {}, scene -> () -> {
            int now = at.incrementAndGet();
            if (now == moment || now == moment + 60) {
                scene.gateway.stopSchemes();
                scene.gateway.startSchemes();
            } else if (now == moment + 30) {
                at.set(-1000);
                scene.gateway.stopSchemes();
                scene.gateway.startSchemes();
                at.set(now);
            }
        });
    }

    private static boolean updated(AtomicInteger at, int moment) {
        return at.get() >= moment;
    }

    @Test
    void spi_suspend_resume_without_loss() {
        for (int away : new int[] {3, 17, 40}) {
            story(Lens.NONE, scene -> {}, scene -> {
                AtomicInteger moment = new AtomicInteger();
                return () -> {
                    int at = moment.incrementAndGet() % (2 * away);
                    SimMember m = scene.members.get((moment.get() - 1) / (2 * away) % PEOPLE);
                    if (at == away) {
                        scene.gateway.stopSchemes();
                        m.stopSchemes();
                    } else if (at == 0) {
                        scene.gateway.startSchemes();
                        m.startSchemes();
                    }
                };
            });
        }
    }

    @Test
    void spi_fork_detected() {
        try (Scene scene = scene(1, Lens.NONE, Faults.equivocating())) {
            scene.post.heal();
            Story story = new Story(scene, NOTHING);
            join(scene, story, 1);
            join(scene, story, 2);
            // member 2 is shown another history: there the founder is silent, and 2 goes away alone
            SimGateway twin = scene.gateway.split(scene.schemes, Lens.NONE);
            SimMember away = scene.members.get(2);
            away.gateway = twin;
            long epoch = scene.view().epoch();
            scene.request(scene.members.get(0), wish(), Cbor.encode());
            scene.request(away, wish(), Cbor.encode());
            for (int i = 0; i < 60; i++) {
                story.beat();
                twin.host().tick();
            }
            away.gateway = scene.gateway;
            for (int i = 0; i < 60; i++) {
                story.beat();
            }
            scene.request(scene.members.get(0), wish(), Cbor.encode());
            for (int i = 0; i < 60; i++) {
                story.beat();
            }
            // one key for one hash, and nobody has two epochs of a number: the ledger has seen to it
            boolean parted = scene.keyed(away)
                    .filter(v -> v.epochHash().equals(scene.view().epochHash()))
                    .isEmpty();
            boolean twinMovedOn = twin.host().group(Scene.OPERATOR, scene.group).epoch() > epoch;
            assertThat(parted || !twinMovedOn).isTrue();
            if (twinMovedOn) {
                assertThat(away.alarms).isNotEmpty();
            }
        }
    }

    private static void join(Scene scene, Story story, int i) {
        SimMember founder = scene.members.get(0);
        SimMember other = scene.members.get(i);
        story.chapter("join " + i, () -> scene.invite(founder, other, false), () -> scene.view()
                .members()
                .contains(other.leaf()));
    }

    @Test
    void spi_no_secret_in_inspect_or_logs() {
        Set<String> secrets = new HashSet<>();
        List<String> shown = new ArrayList<>();
        Lens looking = (made, leaf) -> new PassingScheme(made) {
            @Override
            public Step handle(Ctx ctx, Octets head, Event event) {
                Step step = scheme.handle(
                        new OtherEntropy(
                                ctx,
                                target -> {
                                    ctx.entropy().fill(target);
                                    secrets.add(Octets.of(target).hex());
                                },
                                s -> secrets.add(s.use(Octets::of).hex())),
                        head,
                        event);
                if (step instanceof Step.Next next) {
                    shown.add(scheme.inspect(next.head()).toString());
                    next.effects().forEach(effect -> {
                        if (effect instanceof Effect.EpochReady ready) {
                            secrets.add(ready.schemeSecret().use(Octets::of).hex());
                            shown.add(effect.toString());
                        } else if (effect instanceof Effect.Audit || effect instanceof Effect.Notice) {
                            shown.add(effect.toString());
                        }
                    });
                } else if (step instanceof Step.Refuse refuse) {
                    shown.add(refuse.reason());
                }
                return step;
            }
        };
        story(looking, scene -> {}, scene -> NOTHING);
        assertThat(secrets).hasSizeGreaterThan(20);
        String all = String.join("\n", shown);
        for (String secret : secrets) {
            // short draws, of counters and delays, are no secrets
            if (secret.length() >= 32) {
                assertThat(all).doesNotContain(secret.substring(0, 16));
            }
        }
        // reducers do not log at all
        assertThat(new FreshLoader(scheme().packages())
                        .references(scheme().bundle().get(), "org/slf4j/Logger"))
                .isEmpty();
    }

    @Test
    void spi_messages_sent_during_swap_are_delivered_exactly_once() {
        Faults swaps = new Faults(0, 0, 0.2, 0, 0, 0, false, false);
        for (long seed = 1; seed <= 6; seed++) {
            Report report = new Run(seed, List.of(scheme()), swaps, 4, 250).run();
            assertThat(report.swaps()).isGreaterThan(20);
        }
    }

    @Test
    void spi_rollback_backup_detected_by_epoch_hash_of_peers() {
        try (Scene scene = scene(1, Lens.NONE, Faults.equivocating())) {
            scene.post.heal();
            Story story = new Story(scene, NOTHING);
            join(scene, story, 1);
            var backup = scene.gateway.rows.snapshot();
            long epoch = scene.view().epoch();
            join(scene, story, 2);
            Optional<Hash> hash = scene.view().epochHash();
            scene.gateway.rows.restore(backup);
            scene.gateway.restart();
            assertThat(scene.view().epoch()).isEqualTo(epoch);
            SimMember founder = scene.members.get(0);
            scene.request(founder, wish(), Cbor.encode());
            for (int i = 0; i < 60; i++) {
                story.beat();
            }
            // the members do not go back with the gateway, and what it shows them is not what they compare
            for (SimMember m : scene.members) {
                var view = m.host().view(scene.group);
                assertThat(view.epoch()).isGreaterThan(epoch);
                assertThat(m.host().epochs(scene.group, epoch, 1).get(0).epochHash())
                        .isEqualTo(hash.orElseThrow());
            }
        }
    }

    @Test
    void spi_always_throwing_scheme_isolated() {
        AtomicInteger thrown = new AtomicInteger();
        List<GroupId> broken = new ArrayList<>();
        Lens throwing = (made, leaf) -> new PassingScheme(made) {
            @Override
            public Step handle(Ctx ctx, Octets head, Event event) {
                if (leaf.isEmpty() && broken.contains(ctx.group())) {
                    thrown.incrementAndGet();
                    throw new IllegalStateException("broken on purpose");
                }
                return super.handle(ctx, head, event);
            }
        };
        story(
                throwing,
                scene -> {
                    broken.add(scene.second());
                    scene.post.push(scene.members.get(0), broken.get(0));
                },
                scene -> every(7, () -> scene.post.push(scene.members.get(0), broken.get(0))));
        assertThat(thrown).hasValueGreaterThan(0);
    }

    @Test
    void spi_forged_duplicate_id_does_not_suppress() {
        story(Lens.NONE, scene -> scene.post.forgeFirst(), scene -> NOTHING);
        try (Scene scene = scene(3, Lens.NONE, Faults.NONE)) {
            scene.post.forgeFirst();
            new Story(scene, NOTHING).tell();
            assertThat(scene.post.forged()).isGreaterThan(10);
        }
    }

    @Test
    void spi_reinit_between_all_pairs_of_schemes_under_load() {
        for (SchemeUnderTest other : SchemeUnderTest.ALL) {
            if (other != scheme()) {
                thereAndBack(other, NOTHING_DONE);
                thereAndBack(other, scene -> every(50, scene.gateway::restart));
                thereAndBack(
                        other, scene -> every(41, () -> scene.members.get(1).restart()));
            }
        }
    }

    private static final Function<Scene, Runnable> NOTHING_DONE = scene -> NOTHING;

    private void thereAndBack(SchemeUnderTest other, Function<Scene, Runnable> between) {
        try (Scene scene = new Scene(5, List.of(scheme(), other), Lens.NONE, Faults.NONE, PEOPLE)) {
            Runnable trouble = between.apply(scene);
            Story story = new Story(scene, () -> {
                trouble.run();
                if (scene.random.nextInt(6) == 0) {
                    scene.send(scene.members.get(scene.random.nextInt(PEOPLE)));
                }
            });
            join(scene, story, 1);
            join(scene, story, 2);
            moved(scene, story, other);
            story.chapter("renewed by " + other, () -> {}, () -> true);
            moved(scene, story, scheme());
            SimMember gone = scene.members.get(1);
            story.chapter(
                    "removed after the switches",
                    () -> scene.request(scene.members.get(0), "remove", Cbor.encode(gone.leaf())),
                    () -> !scene.view().members().contains(gone.leaf()));
            scene.allReceived();
            assertThat(scene.acknowledged).hasSizeGreaterThan(10);
        }
    }

    private static void moved(Scene scene, Story story, SchemeUnderTest to) {
        long epoch = scene.view().epoch();
        story.chapter("moved to " + to, () -> scene.switchTo(scene.members.get(0), to), () -> scene.view()
                .schemeId()
                .equals(to.id()));
        assertThat(scene.view().epoch()).isGreaterThan(epoch);
    }

    @Test
    void a_violation_is_found() {
        // the kit itself: an implementation that looks at a clock does not pass
        Queue<String> differences = new ConcurrentLinkedQueue<>();
        Lens impure = (made, leaf) ->
                new Twice(new Impure(made), () -> new Impure(scheme().bundle().get()), differences);
        story(impure, scene -> {}, scene -> NOTHING);
        assertThat(differences).isNotEmpty();
    }

    private static final class Impure extends PassingScheme {

        Impure(GroupKeyScheme scheme) {
            super(scheme);
        }

        @Override
        public Step handle(Ctx ctx, Octets head, Event event) {
            Step step = super.handle(ctx, head, event);
            if (!(step instanceof Step.Next next)) {
                return step;
            }
            List<Effect> effects = new ArrayList<>(next.effects());
            effects.add(new Effect.Audit("now", String.valueOf(System.nanoTime())));
            return new Step.Next(next.head(), next.parts(), effects);
        }
    }
}
