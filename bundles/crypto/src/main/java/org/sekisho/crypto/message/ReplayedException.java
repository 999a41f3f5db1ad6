// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.message;

/** A message that was received before, or may have been: outside the window, or of one incarnation too many. */
public final class ReplayedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Admission admission;

    ReplayedException(Admission admission) {
        super("message refused: " + admission, null, false, false);
        this.admission = admission;
    }

    /** Why. */
    public Admission admission() {
        return admission;
    }
}
