// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** The gateway's keys, and the participants it knows. */
@NullMarked
package org.sekisho.directory;

import org.jspecify.annotations.NullMarked;
