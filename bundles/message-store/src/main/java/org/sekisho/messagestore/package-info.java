// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** The message store as a component: configuration, threads, and nothing else. */
@NullMarked
package org.sekisho.messagestore;

import org.jspecify.annotations.NullMarked;
