// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Runs scheme instances, in the gateway and in the SDK alike: loads sealed state, calls the reducer, stores the next state
 * and applies its effects, all in the caller's transaction. Pure Java: no OSGi, no sockets, no threads of its own.
 */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.groups.engine;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
