// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** The least of a host that a scheme's reducer runs on, for tests and measurements of one scheme alone. */
@NullMarked
package org.sekisho.testkit.scheme;

import org.jspecify.annotations.NullMarked;
