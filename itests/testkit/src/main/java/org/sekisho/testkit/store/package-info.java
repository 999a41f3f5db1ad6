// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** Row stores for tests: in memory, failing on purpose, and the contract every row store keeps. */
@NullMarked
package org.sekisho.testkit.store;

import org.jspecify.annotations.NullMarked;
