// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.engine;

/** A scheme threw: a bug in it, or in what it stands on. The transaction must roll back and the event be counted as poison. */
public final class SchemeFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean fatal;

    SchemeFault(String scheme, Throwable cause) {
        super(scheme + " failed: " + cause.getClass().getName(), cause);
        this.fatal = cause instanceof Error;
    }

    /** An {@link Error}: suspend at once, do not try again (protocol note R13). */
    public boolean fatal() {
        return fatal;
    }
}
