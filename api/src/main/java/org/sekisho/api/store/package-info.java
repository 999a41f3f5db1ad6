// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Keyed rows in scopes under one transaction: all that persistence has to offer. Stores sealed or public octets only.
 */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.api.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
