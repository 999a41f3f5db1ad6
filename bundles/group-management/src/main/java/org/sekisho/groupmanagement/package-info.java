// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** The two-random scheme and the Group Management service as components. */
@NullMarked
package org.sekisho.groupmanagement;

import org.jspecify.annotations.NullMarked;
