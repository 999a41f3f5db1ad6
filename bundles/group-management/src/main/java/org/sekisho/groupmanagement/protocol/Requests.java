// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Party;
import org.sekisho.groupmanagement.wire.MessageType;
import org.sekisho.groupmanagement.wire.Renewal;
import org.sekisho.membership.Rosters;

/**
 * What an application may ask a member's instance beside what {@link org.sekisho.membership.Membership} knows: {@code rotate} [],
 * {@code renew} [].
 */
final class Requests {

    private Requests() {}

    static void handle(Draft<MemberState> draft, String name, Octets args) {
        if (Belonging.of(draft).request(name, args)) {
            return;
        }
        Draft.require(
                draft.state.phase() == MemberState.Phase.MEMBER
                        && draft.ctx.epoch().isPresent(),
                ErrorCode.EPOCH_UNAVAILABLE,
                "not in an epoch yet");
        switch (name) {
            case "rotate" -> rotate(draft);
            case "renew" -> renew(draft);
            default -> Draft.require(false, ErrorCode.NOT_FOUND, "no such request");
        }
    }

    /** By the committed roster: a proposal lends no rights. */
    private static void rotate(Draft<MemberState> draft) {
        boolean may = draft.ctx
                .roster()
                .roster()
                .entry(draft.self())
                .map(Rosters::mayRemove)
                .orElse(false);
        Draft.require(may, ErrorCode.POLICY_VIOLATION, "no right to rotate RN1");
        Belonging.of(draft).want(Belonging.ROTATE);
    }

    private static void renew(Draft<MemberState> draft) {
        long epoch = draft.ctx.epoch().orElseThrow().header().epoch();
        draft.send(Party.SERVER, MessageType.RENEW, new Renewal(draft.ctx.group(), epoch).encode());
    }
}
