// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Console commands of the scope {@code sekisho}. Each asks the api once and renders what came; what a user may do is
 * decided by the access table, as everywhere else. With {@code --json} the answer is one line of JSON.
 */
@NullMarked
package org.sekisho.shell;

import org.jspecify.annotations.NullMarked;
