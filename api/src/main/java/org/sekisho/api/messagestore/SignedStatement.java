// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.messagestore;

import org.sekisho.api.Octets;

/** A statement, the octets that were signed, and the signature of {@code statement.by()}. */
public record SignedStatement(Statement statement, Octets encoded, Octets signature) {}
