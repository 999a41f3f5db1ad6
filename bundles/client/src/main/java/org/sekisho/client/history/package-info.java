// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Stored history on the member's side: sealing for the store, reading back with every check, and seeing to it that what is stored
 * follows the epochs.
 */
@NullMarked
package org.sekisho.client.history;

import org.jspecify.annotations.NullMarked;
