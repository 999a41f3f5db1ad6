// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.util.Optional;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.groupmanagement.wire.Rotation;
import org.sekisho.membership.Announced;

/** Server: group member notification (S0). The epoch is opened when the host has adopted the roster. */
final class NotificationIntake {

    private NotificationIntake() {}

    static void handle(Draft<ServerState> draft, LeafId from, Octets body) {
        Announced announced = Announced.take(draft, from, body);
        Rn1Line line = draft.state.line();
        Optional<Rotation> rotation = Belonging.rotation(draft.ctx, Optional.of(line), announced);
        draft.state = draft.state
                .with(Belonging.step(draft.ctx, line, announced, rotation))
                .preferring(from);
    }
}
