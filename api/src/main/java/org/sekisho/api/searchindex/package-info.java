// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The encrypted search index of a group (docs/protocols/0050-search-index.md).
 */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.api.searchindex;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
