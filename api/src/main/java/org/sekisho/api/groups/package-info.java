// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Groups as the gateway sees them: rosters, epochs, an ordered log per group and a mailbox per participant. Blind.
 */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.api.groups;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
