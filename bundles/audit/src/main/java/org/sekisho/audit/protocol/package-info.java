// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** The chain itself: how a record is formed, written, linked and checked. No clock, no store, no log. */
@NullMarked
package org.sekisho.audit.protocol;

import org.jspecify.annotations.NullMarked;
