// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.IndeterminateException;
import org.sekisho.api.LeafId;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.UnavailableException;
import org.sekisho.codec.Cbor;

/**
 * One life of a group, always the same: founded, joined by two, renewed, one removed and invited again, one leaves. Something may
 * be done to it between any two steps; whoever's store failed is started again.
 */
final class Story {

    private static final int ROUNDS = 600;
    private static final int ASK_AGAIN = 37;

    private final Scene scene;
    private final Runnable between;

    Story(Scene scene, Runnable between) {
        this.scene = scene;
        this.between = between;
    }

    void tell() {
        chapter("founding", () -> {}, () -> have(0));
        chapter("first joins", () -> invite(1), () -> have(0, 1));
        chapter("second joins", () -> invite(2), () -> have(0, 1, 2));
        say();
        long epoch = scene.view().epoch();
        String wish = scene.schemes.get(0).wishes().get(0);
        chapter(
                "renewed",
                () -> request(0, wish, Cbor.encode()),
                () -> scene.view().epoch() > epoch);
        say();
        chapter(
                "first is removed",
                () -> request(0, "remove", Cbor.encode(member(1).leaf())),
                () -> have(0, 2));
        say();
        chapter("first comes back", () -> invite(1), () -> have(0, 1, 2));
        chapter("second leaves", () -> request(2, "leave", Cbor.encode()), () -> have(0, 1));
        say();
        chapter("the end", () -> {}, () -> have(0, 1));
        scene.allReceived();
    }

    private SimMember member(int i) {
        return scene.members.get(i);
    }

    private void invite(int i) {
        act(member(0), () -> scene.invite(member(0), member(i), false));
    }

    private void request(int i, String name, Octets args) {
        act(member(i), () -> scene.request(member(i), name, args));
    }

    private void say() {
        scene.members.forEach(m -> act(m, () -> scene.send(m)));
    }

    private boolean have(int... indices) {
        Set<LeafId> wanted =
                Arrays.stream(indices).mapToObj(i -> member(i).leaf()).collect(Collectors.toSet());
        return new HashSet<>(scene.view().members()).equals(wanted);
    }

    /** Lets time pass until {@code reached} and all agree, and asks again for what is slow to come. */
    void chapter(String what, Runnable ask, BooleanSupplier reached) {
        for (int round = 0; round < ROUNDS; round++) {
            if (round % ASK_AGAIN == 0 && !is(reached)) {
                ask.run();
            }
            beat();
            if (round > 1 && is(reached) && scene.converged()) {
                return;
            }
        }
        throw scene.ledger.violation("stuck before \"" + what + "\": " + scene.state());
    }

    private static boolean is(BooleanSupplier reached) {
        try {
            return reached.getAsBoolean();
        } catch (NotFoundException | UnavailableException | IndeterminateException notNow) {
            // not founded yet, or a store that fails on purpose was asked
            return false;
        }
    }

    void beat() {
        scene.time.pass(java.time.Duration.ofMillis(500));
        act(member(0), () -> scene.gateway.host().tick());
        for (SimMember m : scene.members) {
            act(m, m.host()::tick);
            act(m, () -> scene.sync(m));
        }
    }

    private void act(SimMember m, Runnable action) {
        between.run();
        try {
            action.run();
        } catch (SekishoException e) {
            boolean asked = m.faulty.failed() || scene.gateway.faulty.failed();
            if (!asked || e.code().category() == ErrorCode.Category.REJECTED) {
                throw e;
            }
        }
        if (m.faulty.failed()) {
            m.restart();
        }
        if (scene.gateway.faulty.failed()) {
            scene.gateway.restart();
        }
    }
}
