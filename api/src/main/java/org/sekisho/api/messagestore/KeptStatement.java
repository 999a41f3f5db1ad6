// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.messagestore;

import org.sekisho.api.Octets;

/** A signed statement that the store keeps for its reader, in the order of coming; numbers have gaps. */
public record KeptStatement(long n, Octets statement) {}
