// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Values every part of Sekisho shares: octet strings, identifiers, callers, the access table and the one error
 * catalogue. Depends on nothing but the JDK.
 */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
