// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** The bodies of the messages {@code member/...}. Decoders are strict and bounded; they prove shape only. */
@Export(substitution = Export.Substitution.NOIMPORT)
@NullMarked
@Version("1.0.0")
package org.sekisho.membership.wire;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
