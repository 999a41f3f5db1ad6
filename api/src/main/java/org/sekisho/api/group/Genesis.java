// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.group;

import org.sekisho.api.Octets;

/**
 * What a group begins with and what its id commits to: {@code groupId = H(CBOR["group", founderIdKey, policyHash,
 * nonce16])[0..16)}. Served with the chain for ever.
 *
 * @param nonce 16 random octets
 * @param policy signed by the founder, who is the owner
 * @param roster sequence 0: the founder alone, with every right
 */
public record Genesis(Octets nonce, SignedPolicy policy, SignedRoster roster) {}
