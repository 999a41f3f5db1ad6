// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** The layouts of the message store (docs/protocols/0040-message-store.md): bounded, strict, one form each. */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.codec.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
