// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpaccess;

import java.util.Optional;
import org.sekisho.api.Caller;

/** Checks a user's name and password. */
@FunctionalInterface
interface PasswordLogin {

    /** The user with its roles; empty when name or password is wrong, without saying which. Erases the password. */
    Optional<Caller> login(String user, char[] password);
}
