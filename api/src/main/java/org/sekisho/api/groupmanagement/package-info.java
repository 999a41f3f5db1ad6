// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The two-random-number scheme (S0): invitation, member notification, RN1 and RN2, withdrawal.
 */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.api.groupmanagement;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
