// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** Audit trails in the rows of their scopes, with anchors in a file beside the database. */
@NullMarked
package org.sekisho.audit;

import org.jspecify.annotations.NullMarked;
