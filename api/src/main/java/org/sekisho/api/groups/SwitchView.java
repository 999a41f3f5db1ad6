// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.groups;

import java.time.Instant;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;

/**
 * A scheme switch that is under way in a group.
 *
 * @param reinit H(Reinit): its name
 * @param admin who ordered it
 * @param usePsk whether the new scheme's first epoch also depends on the old scheme's last
 * @param reason of {@link State#GIVEN_UP}, or what the new scheme waits for; empty otherwise
 * @param queued events waiting for the new scheme
 */
public record SwitchView(
        Hash reinit,
        String from,
        String to,
        LeafId admin,
        long fromEpoch,
        boolean usePsk,
        Instant notAfter,
        State state,
        String reason,
        long queued) {

    /** How far it is. */
    public enum State {
        /** The new scheme prepares its first epoch; the old scheme's present one goes on. */
        PREPARING,
        /**
         * There will be no epoch of the new scheme. The old scheme's next epoch is taken after an administrator's cancelling or
         * after {@code notAfter}: members do not believe the gateway's word alone.
         */
        GIVEN_UP
    }
}
