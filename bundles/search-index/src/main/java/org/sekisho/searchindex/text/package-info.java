// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** From text to tokens, from what people type to a query, and the check of a hit against the message itself. Pure functions. */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.searchindex.text;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
