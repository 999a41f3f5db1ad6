// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.chain;

import org.sekisho.api.group.Policy;
import org.sekisho.api.group.SignedRoster;

/**
 * A roster that wants to be the next proposal, and what it is judged by.
 *
 * @param committed the roster of the current epoch; the genesis roster before the first
 * @param link the roster it follows in the chain: the newest proposal, or {@code committed} when there is none
 * @param next the new one
 * @param inForce the policy that {@code committed} names
 * @param named the policy that {@code next} names
 * @param epoch number of the current epoch, 0 before the first
 */
public record RosterStep(
        SignedRoster committed, SignedRoster link, SignedRoster next, Policy inForce, Policy named, long epoch) {}
