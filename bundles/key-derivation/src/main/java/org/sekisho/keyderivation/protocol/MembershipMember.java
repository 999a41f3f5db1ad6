// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Event;
import org.sekisho.codec.Cbor;
import org.sekisho.keyderivation.protocol.MemberState.Phase;
import org.sekisho.keyderivation.wire.KeyEquations;
import org.sekisho.membership.Announced;
import org.sekisho.membership.MemberScheme;
import org.sekisho.membership.Membership;
import org.sekisho.membership.StepDraft;

/**
 * A member's part in who belongs to the group: {@link Membership}, without anything attached. The scheme hears of a roster when the
 * host has adopted it; a newcomer waits for nothing but the server's start.
 */
final class MembershipMember implements MemberSeam {

    @Override
    public void created(Draft<MemberState> draft, Octets params) {
        if (!params.isEmpty()) {
            in(draft, membership -> membership.begin(params));
        } else if (draft.epoch() > 0) {
            in(draft, Membership::resume);
        }
    }

    @Override
    public boolean message(Draft<MemberState> draft, Event.Message message) {
        return ask(draft, membership -> membership.message(message));
    }

    @Override
    public boolean request(Draft<MemberState> draft, Event.Request request) {
        return ask(draft, membership -> membership.request(request.name(), request.args()));
    }

    @Override
    public boolean timer(Draft<MemberState> draft, String name) {
        return ask(draft, membership -> membership.timer(name));
    }

    @Override
    public boolean refused(Draft<MemberState> draft, Event.Refused refused) {
        boolean known = ask(draft, membership -> membership.refused(refused));
        if (!known) {
            draft.notice("refused", Cbor.encode(refused.type(), refused.code().name()));
        }
        return known;
    }

    @Override
    public void committed(Draft<MemberState> draft, SignedCommit commit) {
        in(draft, membership -> {
            if (draft.ctx.roster().roster().contains(draft.self())) {
                membership.joined();
            }
            membership.committed();
        });
    }

    @Override
    public void resumed(Draft<MemberState> draft) {
        in(draft, Membership::resume);
    }

    @Override
    public void ended(Draft<MemberState> draft) {
        in(draft, Membership::end);
    }

    private static void in(Draft<MemberState> draft, Consumer<Membership> work) {
        ask(draft, membership -> {
            work.accept(membership);
            return true;
        });
    }

    private static boolean ask(Draft<MemberState> draft, Function<Membership, Boolean> work) {
        var step = new StepDraft(draft.ctx);
        boolean answer = work.apply(new Membership(step, new Ring(draft)));
        draft.takeOver(step);
        return answer;
    }

    /** What membership asks of this scheme. */
    private record Ring(Draft<MemberState> draft) implements MemberScheme {

        @Override
        public boolean speaks() {
            return draft.state.held() > 0 && draft.state.phase() != Phase.GONE;
        }

        @Override
        public boolean preparing() {
            return draft.state.phase() != Phase.IDLE;
        }

        /** A newcomer's host may have taken the roster that adds it from the chain. */
        @Override
        public boolean knows(SignedRoster roster, Hash hash) {
            return !speaks() && Rosters.hash(Rosters.target(draft.ctx)).equals(hash);
        }

        @Override
        public void announced(Announced announced, Optional<Octets> slice) {
            requireNothingAttached(announced);
        }
    }

    static void requireNothingAttached(Announced announced) {
        Draft.require(
                announced.attachedBy(KeyEquations.SCHEME_ID).isEmpty(),
                ErrorCode.MALFORMED,
                "nothing is attached to a roster here");
    }
}
