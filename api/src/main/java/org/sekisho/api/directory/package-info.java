// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Participants, their certificates and how they are enrolled and revoked.
 */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.api.directory;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
