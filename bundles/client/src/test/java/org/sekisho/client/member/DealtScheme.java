// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.member;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Capability;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Effect;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.api.scheme.Role;
import org.sekisho.api.scheme.SchemeDescriptor;
import org.sekisho.api.scheme.Step;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.crypto.Hpke;
import org.sekisho.crypto.HpkePublicKey;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.schedule.KeySchedule;

/**
 * A small real scheme: one member deals a fresh secret to all, sealed to each; the server opens the header that comes with it.
 * Blind, without healing and without forward secrecy. Who ordered the switch deals first; a request {@code deal} deals again.
 */
final class DealtScheme implements GroupKeyScheme {

    static final String ID = "dealt";
    static final String DEAL = "dealt/deal";

    /** How the server misbehaves, by the parameters of the switch. */
    static final Octets FAILING = Octets.utf8("fail");

    static final Octets SILENT = Octets.utf8("silent");
    static final Octets THROWING = Octets.utf8("throw");
    static final Octets UNABLE = Octets.utf8("unable");

    /** How often an instance was told that it ends. */
    final AtomicInteger aborted = new AtomicInteger();

    private final boolean blind;

    DealtScheme() {
        this(true);
    }

    DealtScheme(boolean blind) {
        this.blind = blind;
    }

    @Override
    public SchemeDescriptor descriptor() {
        Set<Capability> capabilities = blind
                ? Set.of(Capability.SERVER_BLIND, Capability.OFFLINE_MEMBERS)
                : Set.of(Capability.OFFLINE_MEMBERS);
        return new SchemeDescriptor(ID, 1, 1, capabilities, "secrets are sealed from member to member");
    }

    @Override
    public Step create(Ctx ctx, Octets params) {
        if (params.equals(UNABLE) && ctx.role() == Role.SERVER) {
            throw new IllegalStateException("as asked");
        }
        boolean deals = ctx.self().isPresent()
                && (ctx.takeover()
                        .map(t -> t.admin().equals(ctx.self().get()))
                        .orElse(ctx.epoch().isEmpty()));
        return deals ? deal(ctx, params) : Step.next(params);
    }

    @Override
    public Step handle(Ctx ctx, Octets head, Event event) {
        if (event instanceof Event.Message m && m.type().equals(DEAL)) {
            return ctx.role() == Role.SERVER ? open(head, m) : take(ctx, head, m);
        } else if (event instanceof Event.Request r && r.name().equals("deal")) {
            return deal(ctx, head);
        } else if (event instanceof Event.Request || event instanceof Event.Message) {
            return new Step.Refuse(ErrorCode.NOT_FOUND, "not of this scheme");
        } else if (event instanceof Event.Abort) {
            aborted.incrementAndGet();
        }
        return Step.next(head);
    }

    private static Step open(Octets head, Event.Message m) {
        if (head.equals(FAILING)) {
            return Step.next(head, new Effect.EpochFailed("as asked"));
        } else if (head.equals(THROWING)) {
            throw new IllegalStateException("as asked");
        } else if (head.equals(SILENT)) {
            return Step.next(head);
        }
        return Step.next(head, new Effect.OpenEpoch(EpochCodec.decodeHeader(m.body())));
    }

    private static Step take(Ctx ctx, Octets head, Event.Message m) {
        EpochHeader header = EpochCodec.decodeHeader(m.body());
        Octets context = Cbor.encode(ctx.hash(header), ctx.self().orElseThrow());
        Optional<SecretBytes> secret = m.slice().flatMap(s -> ctx.open("deal", context, s));
        if (secret.isEmpty()) {
            return new Step.Refuse(ErrorCode.CANNOT_OPEN, "no slice");
        }
        var ready = new Effect.EpochReady(header, secret.get());
        boolean mine = m.from().equals(new Party.Member(ctx.self().orElseThrow()));
        return mine ? Step.next(head, ready, new Effect.Commit(header)) : Step.next(head, ready);
    }

    private static Step deal(Ctx ctx, Octets head) {
        SignedRoster next = ctx.proposal().orElse(ctx.roster());
        try (SecretBytes secret = SecretBytes.take(ctx.entropy().next(32))) {
            EpochHeader header = header(ctx, next, secret);
            Map<LeafId, Octets> slices = new HashMap<>();
            for (RosterEntry entry : next.roster().entries()) {
                Octets context = Cbor.encode(ctx.hash(header), entry.leaf());
                slices.put(
                        entry.leaf(),
                        Hpke.seal(new HpkePublicKey(entry.hpkeKey()), "deal", context, secret, ctx.entropy()));
            }
            return new Step.Next(
                    head, List.of(), List.of(new Effect.Send(Party.EVERYONE, DEAL, EpochCodec.encode(header), slices)));
        }
    }

    private static EpochHeader header(Ctx ctx, SignedRoster next, SecretBytes secret) {
        Hash own = secret.use(s -> Sha256.hashArray("dealt", s));
        long cohort = ctx.epoch().map(e -> e.header().cohort()).orElse(0L)
                + (ctx.roster().roster().removedBy(next.roster()).isEmpty() ? 0 : 1);
        return new EpochHeader(
                ctx.group(),
                ctx.epoch().map(e -> e.header().epoch()).orElse(0L) + 1,
                ID,
                ctx.epoch().map(Ctx.EpochView::epochHash),
                Sha256.hash(next.encoded()),
                next.roster().policyHash(),
                ctx.takeover()
                        .map(t -> KeySchedule.switchTranscript(t.reinit(), own))
                        .orElse(own),
                cohort);
    }

    @Override
    public Octets migrate(int fromVersion, Octets head) {
        return head;
    }

    @Override
    public Map<String, String> inspect(Octets head) {
        return Map.of("mode", head.asUtf8());
    }
}
