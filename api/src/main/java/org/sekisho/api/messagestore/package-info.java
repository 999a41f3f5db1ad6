// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The message store: sealed messages kept by the gateway, whose small headers it turns to the key of each new epoch
 * without being able to open them. Layouts and rules: docs/protocols/0040-message-store.md.
 */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.api.messagestore;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
