// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** What a member does for and with the index: segments, the verified log, keys, search, compaction. Reads no clock, opens no socket. */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.searchindex.protocol;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
