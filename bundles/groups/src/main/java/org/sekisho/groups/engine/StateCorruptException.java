// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.engine;

/** Stored state was changed, rolled back or sealed under another key. The instance must not run. */
public final class StateCorruptException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StateCorruptException(String what) {
        super(what);
    }
}
