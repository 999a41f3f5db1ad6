// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.group;

import org.sekisho.api.Octets;

/**
 * A policy and its owner's signature (label "policy").
 *
 * @param encoded the signed octets; their hash is the policyHash
 * @param signature Ed25519 under {@link Policy#ownerKey()}
 */
public record SignedPolicy(Policy policy, Octets encoded, Octets signature) {}
