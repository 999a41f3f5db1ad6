// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.util.Set;
import org.sekisho.api.LeafId;

/**
 * A message the gateway acknowledged.
 *
 * @param readers the leaves of the epoch it was sealed in
 */
record Sent(String text, LeafId sender, long epoch, Set<LeafId> readers) {}
