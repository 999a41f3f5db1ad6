// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Hash-chained audit trails, one per group and one for the gateway itself.
 */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.api.audit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
