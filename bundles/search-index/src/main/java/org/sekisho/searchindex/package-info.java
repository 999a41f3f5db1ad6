// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** The gateway's side of the encrypted search index: keeps what it cannot read, answers by token. */
@NullMarked
package org.sekisho.searchindex;

import org.jspecify.annotations.NullMarked;
