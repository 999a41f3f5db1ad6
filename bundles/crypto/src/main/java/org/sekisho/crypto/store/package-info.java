// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Secrets at rest: rows sealed under a store key, and small files whose loss makes a sealed row unreadable for good.
 */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.crypto.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
