// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.message;

import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;

/**
 * The one epoch of one group that a message belongs to. The hash, not only the number, is signed: a message of one
 * branch of a split group is worth nothing in another (protocol note F8).
 */
public record MessageScope(GroupId group, long epoch, Hash epochHash) {}
