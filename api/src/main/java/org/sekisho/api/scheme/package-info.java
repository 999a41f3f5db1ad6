// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The service provider interface of key-management schemes. A scheme is a pure reducer: it receives its state and one
 * event and returns the next state and effects. It never does I/O, never reads a clock, never stores anything.
 */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.api.scheme;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
