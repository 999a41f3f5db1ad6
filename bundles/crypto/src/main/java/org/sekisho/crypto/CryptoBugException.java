// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

/** Something that every Java runtime must provide is missing or broke its contract. Never caused by input. */
public final class CryptoBugException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A bug reported by {@code cause}. */
    public CryptoBugException(Exception cause) {
        super("crypto provider broke its contract", cause);
    }
}
