// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** What the directory stores, and how it is written. */
@NullMarked
package org.sekisho.directory.records;

import org.jspecify.annotations.NullMarked;
