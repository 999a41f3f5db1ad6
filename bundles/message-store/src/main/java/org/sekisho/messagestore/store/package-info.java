// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What the message store does: deposits and reads, tokens and what members say of them, and the jobs that turn headers. Plain
 * classes over {@link org.sekisho.api.store.RowStore}; time, randomness and threads are given to them.
 */
@NullMarked
package org.sekisho.messagestore.store;

import org.jspecify.annotations.NullMarked;
