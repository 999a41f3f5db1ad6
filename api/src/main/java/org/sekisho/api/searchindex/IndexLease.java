// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.searchindex;

import java.time.Instant;

/**
 * The right to compact one level of a group's index.
 *
 * @param fence grows with each lease; what is committed under an older one is refused
 */
public record IndexLease(int level, long fence, Instant expires) {}
