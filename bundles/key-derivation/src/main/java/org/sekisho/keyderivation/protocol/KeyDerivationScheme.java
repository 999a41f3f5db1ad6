// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.Party;
import org.sekisho.api.scheme.Capability;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.api.scheme.Role;
import org.sekisho.api.scheme.SchemeDescriptor;
import org.sekisho.api.scheme.Step;
import org.sekisho.keyderivation.wire.KeyEquations;
import org.sekisho.keyderivation.wire.MessageType;

/**
 * Key derivation by a central server (S1, docs/protocols/0035): members share a key through a server that relays, adds its own
 * part and never learns the key; what an ordinary member does for a change does not depend on the size of the group.
 *
 * <p>Guarantees: neither the server, also an active one, nor former members, nor both together from the operation on that removed
 * them, can compute an epoch's secret; a newcomer cannot compute an earlier one; who learns either a member's randomness or its
 * static secret learns nothing. Does not guarantee availability against the server.
 *
 * <p>Pure and without state; safe for many threads. A wrong input is refused and changes nothing.
 */
public final class KeyDerivationScheme implements GroupKeyScheme {

    private static final SchemeDescriptor DESCRIPTOR = new SchemeDescriptor(
            KeyEquations.SCHEME_ID,
            MessageType.PREFIX,
            1,
            SideState.VERSION,
            SideState.VERSION,
            Set.of(
                    Capability.SERVER_BLIND,
                    Capability.OFFLINE_MEMBERS,
                    Capability.LATE_KEYS,
                    Capability.O1_PASSIVE_JOIN,
                    Capability.FORWARD_SECRET,
                    Capability.POST_COMPROMISE_SECURE),
            "Keys need an edge between two members; the gateway relays and adds its part.");

    private final MemberSide members;
    private final ServerSide server;

    public KeyDerivationScheme() {
        this(Timings.DEFAULT);
    }

    public KeyDerivationScheme(Timings timings) {
        this(timings, new MembershipMember(), new MembershipServer());
    }

    KeyDerivationScheme(Timings timings, MemberSeam memberSeam, ServerSeam serverSeam) {
        this.members = new MemberSide(memberSeam);
        this.server = new ServerSide(timings, serverSeam);
    }

    @Override
    public SchemeDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Step create(Ctx ctx, Octets params) {
        return refusing(() -> ctx.role() == Role.SERVER ? server.create(ctx) : members.create(ctx, params));
    }

    @Override
    public Step handle(Ctx ctx, Octets head, Event event) {
        return refusing(() -> {
            SideState state = Heads.decode(head);
            return state instanceof ServerState s
                    ? server.handle(ctx, s, event)
                    : members.handle(ctx, (MemberState) state, event);
        });
    }

    /** What all must see alike is only believed from the log (protocol note F16). */
    @Override
    public boolean admits(String type, Party to) {
        if (type.startsWith(org.sekisho.membership.wire.MessageType.PREFIX)) {
            return org.sekisho.membership.wire.MessageType.admits(type, to);
        }
        return switch (type) {
            case MessageType.START,
                    MessageType.ROUND_1_DONE,
                    MessageType.KEYS,
                    MessageType.UPDATE,
                    MessageType.COMMIT -> to instanceof Party.Everyone;
            case MessageType.ROUND_1,
                    MessageType.ROUND_2,
                    MessageType.CONFIRM,
                    MessageType.COMPLAINT,
                    MessageType.PREKEYS,
                    MessageType.WELCOMES,
                    MessageType.WISH -> to instanceof Party.Server;
            case MessageType.ABSENT, MessageType.WELCOME -> to instanceof Party.Member;
            default -> true;
        };
    }

    @Override
    public Octets migrate(int fromVersion, Octets head) {
        if (fromVersion != SideState.VERSION) {
            throw SekishoException.of(ErrorCode.MALFORMED, "there is no state version " + fromVersion);
        }
        return head;
    }

    @Override
    public Map<String, String> inspect(Octets head) {
        Map<String, String> shown = new LinkedHashMap<>();
        SideState state = Heads.decode(head);
        if (state instanceof ServerState s) {
            show(shown, s);
        } else {
            show(shown, (MemberState) state);
        }
        return shown;
    }

    private static void show(Map<String, String> shown, ServerState state) {
        shown.put("role", "SERVER");
        shown.put("phase", state.phase().name());
        shown.put("ring", Integer.toString(state.ringSize()));
        shown.put("targetEpoch", Long.toString(state.target()));
        shown.put("attempt", Long.toString(state.attempt()));
        shown.put("epochsSinceDist", Integer.toString(state.sinceDist()));
        state.wish().ifPresent(op -> shown.put("wish", op.name()));
        state.preferred().ifPresent(leaf -> shown.put("lastSponsor", leaf.toString()));
        state.run().ifPresent(run -> {
            shown.put("operation", run.op().name());
            shown.put("representative", run.first().toString());
            shown.put("audit", Boolean.toString(run.audit()));
            shown.put("heard", run.got() + " of " + run.count());
            if (!run.awaited().isEmpty()) {
                shown.put(
                        "awaited", run.awaited().stream().map(Object::toString).collect(Collectors.joining(" ")));
            }
        });
    }

    private static void show(Map<String, String> shown, MemberState state) {
        shown.put("role", "MEMBER");
        shown.put("phase", state.phase().name());
        shown.put("keyOfEpoch", Long.toString(state.held()));
        shown.put("inRing", Boolean.toString(state.left().isPresent()));
        shown.put("attempt", Long.toString(state.attempt()));
        state.run().ifPresent(run -> shown.put("operation", run.op().name()));
    }

    private static Step refusing(Supplier<Step> step) {
        try {
            return step.get();
        } catch (SekishoException e) {
            return new Step.Refuse(e.code(), e.getMessage());
        }
    }
}
