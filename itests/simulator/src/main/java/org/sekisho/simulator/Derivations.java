// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.util.Set;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;

/** All that a scheme's equations make of what two traitors hold. */
@FunctionalInterface
public interface Derivations {

    /** Candidates for scheme secrets, of whatever epoch. */
    Set<Octets> secrets(GroupId group, Loot server, Loot leaf);
}
