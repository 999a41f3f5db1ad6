// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.group;

import org.sekisho.api.Octets;

/** A commit with its sponsor's signature (label "epoch commit"). */
public record SignedCommit(EpochCommit commit, Octets encoded, Octets signature) {}
