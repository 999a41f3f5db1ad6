// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The equations of key derivation and the bodies of its messages: records with their encoding (docs/protocols/0035). Decoders
 * are strict and bounded; they prove shape only.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@NullMarked
@Version("1.0.0")
package org.sekisho.keyderivation.wire;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
