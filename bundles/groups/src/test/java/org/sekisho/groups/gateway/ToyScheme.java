// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Capability;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Effect;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.api.scheme.SchemeDescriptor;
import org.sekisho.api.scheme.Step;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.groups.chain.EpochCheck;

/** A scheme's server side that does what messages tell it. Its head is the list of what it was told, in order. */
final class ToyScheme implements GroupKeyScheme {

    private final String id;

    ToyScheme() {
        this("toy");
    }

    ToyScheme(String id) {
        this.id = id;
    }

    /** Called at each step, so that a test can act in the middle of one. */
    volatile Runnable during = () -> {};

    volatile boolean blind = true;

    @Override
    public SchemeDescriptor descriptor() {
        Set<Capability> capabilities = blind ? Set.of(Capability.SERVER_BLIND) : Set.of();
        return new SchemeDescriptor(id, 1, 1, capabilities, "it has no keys");
    }

    @Override
    public Step create(Ctx ctx, Octets params) {
        return Step.next(Octets.EMPTY);
    }

    @Override
    public Step handle(Ctx ctx, Octets head, Event event) {
        during.run();
        if (event instanceof Event.Message m) {
            return message(ctx, head, m);
        } else if (event instanceof Event.RosterAdopted) {
            return Step.next(told(head, "adopted"), distribution(ctx), open(ctx));
        } else if (event instanceof Event.Timer t) {
            if (t.name().equals("boom")) {
                throw new IllegalStateException("boom");
            }
            return Step.next(
                    told(head, "timer " + t.name()), new Effect.Send(Party.EVERYONE, id + "/tick", Octets.EMPTY));
        } else if (event instanceof Event.CommitAccepted c) {
            return Step.next(told(head, "epoch " + c.commit().commit().header().epoch()));
        } else if (event instanceof Event.Request r) {
            return Step.next(told(head, "request " + r.name()));
        }
        return Step.next(told(head, event.getClass().getSimpleName()));
    }

    private Step message(Ctx ctx, Octets head, Event.Message m) {
        return switch (m.type().substring(id.length() + 1)) {
            case "notify" ->
                Step.next(told(head, "notify"), new Effect.AdoptRoster(RosterCodec.decodeSigned(m.body())));
            case "open" -> Step.next(told(head, "open"), open(ctx));
            case "refuse" -> new Step.Refuse(ErrorCode.POLICY_VIOLATION, "as asked");
            case "throw" -> throw new IllegalStateException("as asked");
            case "timer" ->
                Step.next(told(head, "timer set"), new Effect.SetTimer(m.body().asUtf8(), Duration.ofSeconds(10)));
            case "secret" -> Step.next(told(head, "secret"), new Effect.Send(m.from(), id + "/answer", m.body()));
            case "ready" -> Step.next(head, new Effect.Commit(((Effect.OpenEpoch) open(ctx)).header()));
            case "fail" -> Step.next(told(head, "fail"), new Effect.EpochFailed("as asked"));
            case "evidence" -> Step.next(head, new Effect.Evidence("toy", m.body()));
            default -> Step.next(told(head, m.body().asUtf8()));
        };
    }

    private Effect open(Ctx ctx) {
        SignedRoster next = ctx.proposal().orElse(ctx.roster());
        Hash roster = Sha256.hash(next.encoded());
        return new Effect.OpenEpoch(new EpochHeader(
                ctx.group(),
                ctx.epoch().map(e -> e.header().epoch()).orElse(0L) + 1,
                id,
                ctx.epoch().map(Ctx.EpochView::epochHash),
                roster,
                next.roster().policyHash(),
                roster,
                EpochCheck.cohort(
                        ctx.epoch(),
                        ctx.roster().roster(),
                        next.roster(),
                        ctx.policy().history())));
    }

    private Effect distribution(Ctx ctx) {
        List<LeafId> leaves = ctx.proposal().orElse(ctx.roster()).roster().entries().stream()
                .map(RosterEntry::leaf)
                .toList();
        Map<LeafId, Octets> slices = leaves.stream().collect(Collectors.toMap(l -> l, l -> Octets.utf8("for " + l)));
        return new Effect.Send(Party.EVERYONE, id + "/rn2", Octets.EMPTY, slices);
    }

    private static Octets told(Octets head, String what) {
        var all = new ArrayList<String>();
        if (!head.isEmpty()) {
            all.add(head.asUtf8());
        }
        all.add(what);
        return Octets.utf8(String.join(",", all));
    }

    @Override
    public Octets migrate(int fromVersion, Octets head) {
        return head;
    }

    @Override
    public Map<String, String> inspect(Octets head) {
        return Map.of("told", Optional.of(head.asUtf8()).orElse(""));
    }
}
