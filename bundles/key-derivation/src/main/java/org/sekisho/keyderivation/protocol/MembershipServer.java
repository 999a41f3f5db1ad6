// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import org.sekisho.api.group.Party;
import org.sekisho.api.scheme.Event;
import org.sekisho.membership.Announced;
import org.sekisho.membership.StepDraft;
import org.sekisho.membership.wire.MessageType;

/** The server's part in who belongs to the group: takes announced rosters. The attempt begins when the host has adopted one. */
final class MembershipServer implements ServerSeam {

    @Override
    public boolean message(Draft<ServerState> draft, Event.Message message) {
        if (!message.type().equals(MessageType.NOTIFY) || !(message.from() instanceof Party.Member from)) {
            return false;
        }
        var step = new StepDraft(draft.ctx);
        MembershipMember.requireNothingAttached(Announced.take(step, from.leaf(), message.body()));
        draft.takeOver(step);
        return true;
    }
}
