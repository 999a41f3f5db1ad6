// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import org.sekisho.api.SekishoException;

/** A declared error, as the console shows it: code and reason. */
final class CommandFailure extends Exception {

    private static final long serialVersionUID = 1L;

    CommandFailure(SekishoException error) {
        super(error.code() + ": " + error.getMessage());
    }
}
