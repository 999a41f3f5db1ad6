// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.scheme;

import java.time.Duration;
import java.util.Map;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.SignedRoster;

/** What a step wants done. Nothing is visible to anybody before the step is stored. */
public sealed interface Effect {

    /** Send a message; the host signs the envelope. Delivered at least once, handled at most once. */
    record Send(Party to, String type, Octets body, Map<LeafId, Octets> slices) implements Effect {
        public Send {
            slices = Map.copyOf(slices);
        }

        public Send(Party to, String type, Octets body) {
            this(to, type, body, Map.of());
        }
    }

    /** Fire {@link Event.Timer} after a time; a timer of the same name is replaced. */
    record SetTimer(String name, Duration after) implements Effect {}

    record CancelTimer(String name) implements Effect {}

    /** Make this roster the proposal for the next epoch. The host checks chain, signature and rights; else the step is refused. */
    record AdoptRoster(SignedRoster roster) implements Effect {}

    /** Server side: this is the next epoch; the first valid commit of it wins. Replaces an earlier open header. */
    record OpenEpoch(EpochHeader header) implements Effect {}

    /** Member side: the next epoch's secret. The host takes it over, derives and keeps it pending until the commit. */
    record EpochReady(EpochHeader header, SecretBytes schemeSecret) implements Effect {}

    /** Member side: announce the pending epoch as its sponsor. The host signs and sends the commit. */
    record Commit(EpochHeader header) implements Effect {}

    /** The epoch being prepared cannot be had; the old one goes on. */
    record EpochFailed(String reason) implements Effect {}

    /** Signed proof of misbehaviour, for the audit trail and an alarm. */
    record Evidence(String kind, Octets proof) implements Effect {}

    /** A line for the audit trail. */
    record Audit(String action, String detail) implements Effect {}

    /** Tells the application (SDK listeners); {@code name} and detail are the scheme's own. */
    record Notice(String name, Octets detail) implements Effect {}
}
