// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.store;

import org.jspecify.annotations.Nullable;

/**
 * The transaction cannot go on, and whoever runs it knows what to do then: try again, or turn it into an error of its own. Code
 * inside a transaction lets it pass; it says nothing about that code.
 */
public abstract class RollBack extends RuntimeException {

    private static final long serialVersionUID = 1L;

    protected RollBack(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause, false, cause != null);
    }
}
