// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Application messages inside an epoch: encrypted for the group, signed by the sender, refused when replayed.
 *
 * <p>{@link org.sekisho.crypto.message.SenderContext} seals, {@link org.sekisho.crypto.message.MessageOpener} opens,
 * {@link org.sekisho.crypto.message.MessageWindow} remembers what was received.
 */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.crypto.message;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
