// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.sekisho.api.UnavailableException;
import org.sekisho.codec.Cbor;

/** One run: a group founded, then random steps of everybody, then peace, then the invariants. */
public final class Run {

    private static final int PEACE_ROUNDS = 400;

    private final Faults faults;
    private final int steps;
    private final Scene scene;
    private final Random random;
    private final Optional<Spies> spies;
    private int crashes;
    private int swaps;
    private int replays;
    private int switches;

    /** {@code people} participants, 2 to 8, of whom the first founds the group under the first of {@code schemes}. */
    public Run(long seed, List<SchemeUnderTest> schemes, Faults faults, int people, int steps) {
        this(seed, schemes, Lens.NONE, faults, people, steps);
    }

    Run(long seed, List<SchemeUnderTest> schemes, Lens lens, Faults faults, int people, int steps) {
        this.faults = faults;
        this.steps = steps;
        this.spies = faults.spies() ? Optional.of(new Spies()) : Optional.empty();
        this.scene = new Scene(seed, schemes, spies.map(lens::then).orElse(lens), faults, people);
        this.random = scene.random;
    }

    /** Runs, once; throws {@link Violation} when an invariant does not hold. */
    public Report run() {
        try (scene) {
            return runToPeace();
        } catch (Violation named) {
            throw named;
        } catch (RuntimeException | Error broken) {
            throw new Violation("seed " + scene.seed + ": " + broken, broken);
        }
    }

    private Report runToPeace() {
        for (int i = 0; i < steps; i++) {
            scene.time.pass(Duration.ofMillis(random.nextInt(random.nextInt(20) == 0 ? 5_000 : 100)));
            step(i);
            if (faults.splits() && i == steps / 2) {
                split();
            }
        }
        peace();
        long derived = spies.map(s -> s.judge(scene)).orElse(0L);
        return new Report(
                scene.seed,
                scene.view().epoch(),
                scene.acknowledged.size(),
                scene.ledger.receptions(),
                crashes,
                swaps,
                replays,
                scene.joins,
                scene.removals,
                derived,
                switches);
    }

    private void step(int i) {
        double what = random.nextDouble();
        SimMember m = scene.members.get(random.nextInt(scene.members.size()));
        if ((what -= faults.crashes()) < 0) {
            crash(m);
        } else if ((what -= faults.swaps()) < 0) {
            swaps++;
            if (random.nextInt(3) == 0) {
                m.stopSchemes();
            } else {
                m.gateway.stopSchemes();
            }
        } else if ((what -= faults.cuts()) < 0) {
            m.cutOffUntil = i + random.nextInt(100);
        } else if ((what -= faults.replays()) < 0) {
            replays++;
            scene.post.replay(scene.members);
        } else if (i >= m.cutOffUntil) {
            ordinary(m);
        }
        if (random.nextInt(20) == 0) {
            m.gateway.startSchemes();
            m.startSchemes();
        }
    }

    private void crash(SimMember m) {
        crashes++;
        switch (random.nextInt(4)) {
            case 0 -> m.gateway.restart();
            case 1 -> m.restart();
            case 2 -> dieDuring(m.gateway, m);
            default -> m.dieDuring(1 + random.nextInt(40), () -> ordinary(m));
        }
        if (random.nextInt(2) == 0) {
            m.gateway.restart();
        }
    }

    private void dieDuring(SimGateway gateway, SimMember m) {
        try {
            gateway.dieDuring(1 + random.nextInt(80), () -> ordinary(m));
        } catch (UnavailableException died) {
            // what was asked of the gateway when it died has no answer
        }
    }

    private void ordinary(SimMember m) {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> scene.sync(m);
            case 3, 4 -> scene.send(m);
            case 5 -> m.host().tick();
            case 6, 7 -> m.gateway.host().tick();
            case 8 -> anyKeyed().ifPresent(this::change);
            default -> {
                scene.sync(m);
                m.host().tick();
            }
        }
    }

    private Optional<SimMember> anyKeyed() {
        List<SimMember> able =
                scene.members.stream().filter(m -> scene.keyed(m).isPresent()).toList();
        return able.isEmpty() ? Optional.empty() : Optional.of(able.get(random.nextInt(able.size())));
    }

    private void change(SimMember m) {
        SimMember other = scene.members.get(random.nextInt(scene.members.size()));
        if (scene.schemes.size() > 1 && random.nextInt(4) == 0) {
            switches += scene.switchTo(m, scene.schemes.get(random.nextInt(scene.schemes.size()))) ? 1 : 0;
            return;
        }
        switch (random.nextInt(6)) {
            case 0, 1, 2 -> scene.invite(m, other, random.nextBoolean());
            case 3 -> scene.request(m, "remove", Cbor.encode(other.leaf()));
            case 4 -> {
                List<String> wishes = scene.scheme().wishes();
                scene.request(m, wishes.get(random.nextInt(wishes.size())), Cbor.encode());
            }
            default -> {
                if (m.index > 0) {
                    scene.request(m, "leave", Cbor.encode());
                }
            }
        }
    }

    /** From now on the gateway has two faces, and shows each member one of them. */
    private void split() {
        SimGateway twin = scene.gateway.split(scene.schemes, Lens.NONE);
        for (SimMember m : scene.members) {
            if (random.nextBoolean()) {
                m.gateway = twin;
                scene.ledger.behind(m.leaf());
            }
        }
    }

    /** Nothing fails any more: all must come to one epoch, and what was acknowledged must arrive. */
    private void peace() {
        scene.post.heal();
        scene.gateway.startSchemes();
        for (SimMember m : scene.members) {
            m.startSchemes();
            m.gateway = scene.gateway;
        }
        for (int round = 0; round < PEACE_ROUNDS; round++) {
            scene.beat();
            if (round > 4 && scene.converged()) {
                scene.allReceived();
                return;
            }
            if (round > 40 && (faults.lies() || faults.splits())) {
                return;
            }
        }
        throw scene.ledger.violation("no common epoch after " + PEACE_ROUNDS + " quiet rounds: " + scene.state());
    }
}
