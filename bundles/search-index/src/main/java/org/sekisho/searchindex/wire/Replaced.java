// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.wire;

import org.sekisho.api.Hash;
import org.sekisho.api.Octets;

/** A segment that another takes the place of, with the hash of its directory. */
public record Replaced(Octets segment, Hash directory) {}
