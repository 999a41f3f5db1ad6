// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import jakarta.servlet.http.HttpServletRequest;
import org.sekisho.api.Caller;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.UnavailableException;

/** Finds who sent a request. Fails closed: a request that nobody authenticated is not taken for an anonymous one. */
final class Callers {

    private Callers() {}

    static Caller of(HttpServletRequest request) {
        if (request.getAttribute(Caller.REQUEST_ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        throw new UnavailableException(ErrorCode.CAPABILITY_ABSENT, "authentication is not there just now");
    }
}
