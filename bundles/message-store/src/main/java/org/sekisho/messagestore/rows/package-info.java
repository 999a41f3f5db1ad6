// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** What the message store keeps: keys and values of its rows, and nothing that decides. */
@NullMarked
package org.sekisho.messagestore.rows;

import org.jspecify.annotations.NullMarked;
