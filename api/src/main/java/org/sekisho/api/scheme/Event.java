// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.scheme;

import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedRoster;

/** What can happen to an instance. */
public sealed interface Event {

    /**
     * A protocol message whose signature, audience and freshness the host has checked.
     *
     * @param from who signed it
     * @param slice this leaf's slice, if it has one; not under the signature
     */
    record Message(Party from, String type, Octets body, Optional<Octets> slice) implements Event {}

    /** A timer the scheme had set. */
    record Timer(String name) implements Event {}

    /** The application or an operator asks for something: {@code name} and arguments are the scheme's own. */
    record Request(String name, Octets args) implements Event {}

    /** A verified roster was adopted as the proposal for the next epoch, by this instance's own effect or another's. */
    record RosterAdopted(SignedRoster roster) implements Event {}

    /** A valid commit of the open epoch was accepted: it is the current epoch now. */
    record CommitAccepted(SignedCommit commit) implements Event {}

    /** A message of this instance was refused by its addressee. */
    record Refused(String type, Octets body, ErrorCode code) implements Event {}

    /** The scheme was started, swapped or its state loaded again: set timers again, send again what may be lost. */
    record Resume(String reason) implements Event {}

    /** The instance ends: another scheme took over, or the leaf left. */
    record Abort(String reason) implements Event {}
}
