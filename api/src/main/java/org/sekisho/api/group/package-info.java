// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The signed objects of a group and how they hang together: policy, roster chain, epoch header and commit, envelope.
 * Plain values; their bytes are made and read by the codec bundle, their signatures by the crypto bundle.
 */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.api.group;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
