// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Effect;
import org.sekisho.groupmanagement.wire.Notification;

/** Server: group member notification (S0). The epoch is opened when the host has adopted the roster. */
final class NotificationIntake {

    private NotificationIntake() {}

    static void handle(Draft<ServerState> draft, LeafId from, Octets body) {
        // 0038 section 4.1: the founder's epoch comes first, so that every change has an epoch to be based on.
        Draft.require(draft.ctx.epoch().isPresent(), ErrorCode.EPOCH_CONFLICT, "the first epoch is not committed");
        Announced announced =
                Announced.check(draft.ctx, Optional.of(draft.state.line()), from, Notification.decode(body));
        draft.state = draft.state
                .with(announced.applyTo(draft.ctx, draft.state.line()))
                .preferring(from);
        draft.effect(new Effect.AdoptRoster(announced.roster()));
    }
}
