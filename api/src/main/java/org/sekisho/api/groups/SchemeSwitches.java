// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.groups;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;

/**
 * Moving live groups from one scheme to another (protocol notes 10.5, F19). Only a group's administrators order it, by their
 * signature; operators may ask them to and may give a switch up, and cannot do more.
 *
 * <p>A method that returns has made its effect durable. Blocks on the database; safe for many threads.
 */
@ProviderType
public interface SchemeSwitches {

    /** Type of the envelope, to everyone, with a {@link org.sekisho.api.group.SignedReinit}. */
    String REINIT = "host/reinit";

    /** Type of the envelope, to everyone, with a {@link org.sekisho.api.group.ReinitCancel}. */
    String CANCEL = "host/reinit-cancel";

    /**
     * Begins or cancels a switch: an encoded signed envelope of type {@value #REINIT} or {@value #CANCEL}; the same as {@link
     * Groups#submit} with it. Errors: FORBIDDEN unless from an administrator; SWITCH_PENDING; EPOCH_CONFLICT, ROSTER_CONFLICT:
     * order it again on what is new; POLICY_VIOLATION; UNKNOWN_SCHEME: absent here, broken, or of another version.
     */
    Receipt order(Caller caller, GroupId group, Octets signedEnvelope);

    /** The switch that is under way, if there is one. */
    Optional<SwitchView> pending(Caller caller, GroupId group);

    /** Asks the group's administrators to move to {@code scheme}: their SDK tells them. Nothing changes by itself. */
    Receipt ask(Caller caller, GroupId group, String scheme, String reason);

    /** Ends the new scheme's preparation. EPOCH_CONFLICT when there is none. Idempotent while the switch is shown. */
    SwitchView giveUp(Caller caller, GroupId group, String reason);
}
