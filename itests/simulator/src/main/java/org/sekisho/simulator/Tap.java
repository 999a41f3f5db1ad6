// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Effect;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.api.scheme.Step;

/** A scheme that is overheard: nothing changes but that a {@link Loot} fills. Scheme secrets are not noted: spies derive them. */
final class Tap extends PassingScheme {

    private final Loot loot;
    private final Loot server;

    Tap(GroupKeyScheme scheme, Loot loot, Loot server) {
        super(scheme);
        this.loot = loot;
        this.server = server;
    }

    @Override
    public Step create(Ctx ctx, Octets params) {
        return noted(scheme.create(tapped(ctx), params));
    }

    @Override
    public Step handle(Ctx ctx, Octets head, Event event) {
        if (event instanceof Event.Message message) {
            loot.message(message.type(), message.body());
            message.slice().ifPresent(loot::holds);
        } else if (event instanceof Event.RosterAdopted adopted) {
            loot.roster(adopted.roster());
        }
        return noted(scheme.handle(tapped(ctx), head, event));
    }

    private Step noted(Step step) {
        if (step instanceof Step.Next next) {
            loot.holds(next.head());
            next.parts().forEach(loot::stored);
            for (Effect effect : next.effects()) {
                if (effect instanceof Effect.Send send) {
                    loot.message(send.type(), send.body());
                    send.slices().values().forEach(slice -> loot.message(send.type() + " slice", slice));
                }
            }
        }
        return step;
    }

    private Ctx tapped(Ctx ctx) {
        loot.roster(ctx.roster());
        ctx.proposal().ifPresent(loot::roster);
        return new OtherEntropy(
                ctx,
                target -> {
                    ctx.entropy().fill(target);
                    loot.drew(target);
                },
                secret -> secret.use(b -> {
                    loot.holds(Octets.of(b));
                    server.relayed(Octets.of(b));
                    return b.length;
                }));
    }
}
