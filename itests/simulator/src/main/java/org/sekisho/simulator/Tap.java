// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Effect;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.api.scheme.Role;
import org.sekisho.api.scheme.SchemeDescriptor;
import org.sekisho.api.scheme.Step;

/** A scheme that is overheard: nothing changes but that a {@link Loot} fills. Scheme secrets are not noted: spies derive them. */
final class Tap implements GroupKeyScheme {

    private final GroupKeyScheme scheme;
    private final Loot loot;

    Tap(GroupKeyScheme scheme, Loot loot) {
        this.scheme = scheme;
        this.loot = loot;
    }

    @Override
    public SchemeDescriptor descriptor() {
        return scheme.descriptor();
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

    @Override
    public Octets migrate(int fromVersion, Octets head) {
        return scheme.migrate(fromVersion, head);
    }

    @Override
    public Map<String, String> inspect(Octets head) {
        return scheme.inspect(head);
    }

    @Override
    public boolean admits(String type, Party to) {
        return scheme.admits(type, to);
    }

    private Step noted(Step step) {
        if (step instanceof Step.Next next) {
            loot.holds(next.head());
            next.parts().forEach(loot::stored);
            for (Effect effect : next.effects()) {
                if (effect instanceof Effect.Send send) {
                    loot.message(send.type(), send.body());
                }
            }
        }
        return step;
    }

    private Ctx tapped(Ctx ctx) {
        loot.roster(ctx.roster());
        ctx.proposal().ifPresent(loot::roster);
        return new TappedCtx(ctx, loot);
    }

    private record TappedCtx(Ctx ctx, Loot loot) implements Ctx {

        @Override
        public GroupId group() {
            return ctx.group();
        }

        @Override
        public Octets groupNonce() {
            return ctx.groupNonce();
        }

        @Override
        public Role role() {
            return ctx.role();
        }

        @Override
        public Optional<LeafId> self() {
            return ctx.self();
        }

        @Override
        public Policy policy() {
            return ctx.policy();
        }

        @Override
        public SignedRoster roster() {
            return ctx.roster();
        }

        @Override
        public Optional<SignedRoster> proposal() {
            return ctx.proposal();
        }

        @Override
        public Optional<EpochView> epoch() {
            return ctx.epoch();
        }

        @Override
        public java.time.Instant now() {
            return ctx.now();
        }

        @Override
        public Entropy entropy() {
            return target -> {
                ctx.entropy().fill(target);
                loot.drew(target);
            };
        }

        @Override
        public Optional<Octets> part(String key) {
            return ctx.part(key);
        }

        @Override
        public List<String> partKeys(String prefix, String after, int limit) {
            return ctx.partKeys(prefix, after, limit);
        }

        @Override
        public Optional<SecretBytes> open(String label, Octets context, Octets sealed) {
            Optional<SecretBytes> opened = ctx.open(label, context, sealed);
            opened.ifPresent(secret -> secret.use(b -> {
                loot.holds(Octets.of(b));
                return b.length;
            }));
            return opened;
        }

        @Override
        public Octets sign(String label, Octets bytes) {
            return ctx.sign(label, bytes);
        }

        @Override
        public Hash hash(EpochHeader header) {
            return ctx.hash(header);
        }

        @Override
        public Octets confirmTag(EpochHeader header, SecretBytes schemeSecret) {
            return ctx.confirmTag(header, schemeSecret);
        }
    }
}
