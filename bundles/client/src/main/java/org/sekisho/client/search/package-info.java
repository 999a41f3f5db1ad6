// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** The session's side of the search index: what is kept, sent and searched for each group. */
@NullMarked
package org.sekisho.client.search;

import org.jspecify.annotations.NullMarked;
