// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Invitation;

/**
 * An invitation that waits for an answer. Its signature was verified with {@code inviterKey}.
 *
 * @param hash of the encoded invitation: its name
 * @param inviterKey Ed25519
 */
public record PendingInvitation(Hash hash, Invitation invitation, Octets inviterKey) {}
