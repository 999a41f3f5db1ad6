// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.api.scheme.Step;

/** Computes every step twice, the second time by another instance with the randomness of the first, and compares. */
final class Twice extends PassingScheme {

    private final Supplier<GroupKeyScheme> another;

    private final Queue<String> differences;

    /** Differences are told, not only thrown: a host would take an exception for a broken scheme, and go on without it. */
    Twice(GroupKeyScheme scheme, Supplier<GroupKeyScheme> another, Queue<String> differences) {
        super(scheme);
        this.another = another;
        this.differences = differences;
    }

    @Override
    public Step create(Ctx ctx, Octets params) {
        return compared(c -> scheme.create(c, params), c -> another.get().create(c, params), ctx, "create");
    }

    @Override
    public Step handle(Ctx ctx, Octets head, Event event) {
        return compared(
                c -> scheme.handle(c, head, event),
                c -> another.get().handle(c, head, event),
                ctx,
                event.getClass().getSimpleName());
    }

    private Step compared(Function<Ctx, Step> first, Function<Ctx, Step> second, Ctx ctx, String what) {
        Deque<byte[]> drawn = new ArrayDeque<>();
        Step step = first.apply(new OtherEntropy(ctx, target -> {
            ctx.entropy().fill(target);
            drawn.add(target.clone());
        }));
        Step again = second.apply(new OtherEntropy(ctx, target -> {
            byte[] same = drawn.isEmpty() ? new byte[target.length] : drawn.remove();
            System.arraycopy(same, 0, target, 0, Math.min(same.length, target.length));
        }));
        if (!drawn.isEmpty() || !step.equals(again)) {
            differences.add(what + " of " + ctx.role());
        }
        return step;
    }
}
