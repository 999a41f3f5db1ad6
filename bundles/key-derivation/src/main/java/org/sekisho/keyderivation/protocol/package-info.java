// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Key derivation by a central server as a pure reducer, member and server role (docs/protocols/0035). No OSGi, clock, randomness,
 * storage or network of its own. Exported for our own client bundle only.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@NullMarked
@Version("1.0.0")
package org.sekisho.keyderivation.protocol;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
