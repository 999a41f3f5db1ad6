// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
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
import org.sekisho.groupmanagement.wire.Formulas;
import org.sekisho.groupmanagement.wire.MessageType;

/**
 * The two-random-number scheme (S0, docs/protocols/0038): members share RN1 among themselves, the server gives out RN2, and
 * {@code scheme_secret = EXT(RN2, RN1)}.
 *
 * <p>Guarantees: the server alone cannot compute an epoch's secret; neither can a former member, nor, after RN1's rotation,
 * both together; a newcomer cannot compute an earlier one. Does not guarantee forward secrecy against a member's HPKE key
 * together with the server, nor healing except by rotation (protocol note F11).
 *
 * <p>Pure and without state; safe for many threads. A wrong input is refused and changes nothing.
 */
public final class TwoRandomScheme implements GroupKeyScheme {

    private static final SchemeDescriptor DESCRIPTOR = new SchemeDescriptor(
            Formulas.SCHEME_ID,
            "rn12/",
            1,
            SideState.VERSION,
            SideState.VERSION,
            Set.of(Capability.SERVER_BLIND, Capability.OFFLINE_MEMBERS),
            "Keys need RN1, which members seal to each other; the gateway only makes RN2.");

    @Override
    public SchemeDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Step create(Ctx ctx, Octets params) {
        return refusing(() -> ctx.role() == Role.SERVER ? ServerSide.create(ctx) : MemberSide.create(ctx, params));
    }

    @Override
    public Step handle(Ctx ctx, Octets head, Event event) {
        return refusing(() -> switchOn(ctx, Heads.decode(head), event));
    }

    /** What changes RN1, RN2 or the roster is only believed where all members see the same (protocol note F16). */
    @Override
    public boolean admits(String type, Party to) {
        if (type.startsWith(org.sekisho.membership.wire.MessageType.PREFIX)) {
            return org.sekisho.membership.wire.MessageType.admits(type, to);
        }
        return switch (type) {
            case MessageType.ROTATE, MessageType.RN2, MessageType.SPONSOR -> to instanceof Party.Everyone;
            case MessageType.RN1 -> to instanceof Party.Member;
            default -> true;
        };
    }

    private static Step switchOn(Ctx ctx, SideState state, Event event) {
        if (state instanceof ServerState server) {
            return ServerSide.handle(ctx, server, event);
        }
        return MemberSide.handle(ctx, (MemberState) state, event);
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
        SideState state = Heads.decode(head);
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("rn1Generation", Long.toString(state.line().topGen()));
        shown.put("stepsBeforeCommit", Integer.toString(state.line().steps().size()));
        if (state instanceof ServerState server) {
            show(shown, server);
        } else {
            show(shown, (MemberState) state);
        }
        return shown;
    }

    private static void show(Map<String, String> shown, ServerState state) {
        shown.put("role", "SERVER");
        shown.put("phase", state.phase().name());
        shown.put("rn2Generation", Long.toString(state.rn2Gen()));
        shown.put("epoch", Long.toString(state.epoch()));
        shown.put("asked", Long.toString(state.asked()));
        state.awaited().ifPresent(leaf -> shown.put("awaited", leaf.toString()));
        if (state.nextRenewal() > 0) {
            shown.put("nextRenewal", Long.toString(state.nextRenewal()));
        }
    }

    private static void show(Map<String, String> shown, MemberState state) {
        shown.put("role", "MEMBER");
        shown.put("phase", state.phase().name());
        shown.put("rn2Generation", Long.toString(state.rn2Gen()));
        state.open().ifPresent(o -> shown.put("pendingEpoch", Long.toString(o.epoch())));
    }

    private static Step refusing(Supplier<Step> step) {
        try {
            return step.get();
        } catch (SekishoException e) {
            return new Step.Refuse(e.code(), e.getMessage());
        }
    }
}
