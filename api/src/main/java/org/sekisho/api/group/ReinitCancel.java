// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.group;

import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;

/**
 * An administrator's word that a scheme switch is given up. Signed by the envelope that carries it.
 *
 * @param reinit H(Reinit) of the switch that is given up
 */
public record ReinitCancel(GroupId group, Hash reinit) {}
