// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** Layouts of what the index stores and sends (docs/protocols/0050-search-index.md): manifests, tombstones, audits, rings, segments. */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.searchindex.wire;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
