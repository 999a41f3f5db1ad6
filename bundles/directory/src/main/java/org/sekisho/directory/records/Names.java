// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory.records;

import javax.security.auth.x500.X500Principal;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.RejectedException;
import org.sekisho.codec.Cbor;

/** Subjects' names as the directory writes them: RFC 2253, normal form C. */
public final class Names {

    /** Most characters of a name. */
    public static final int MAX_CHARACTERS = 256;

    static final int MAX_UTF8 = 3 * MAX_CHARACTERS;

    private Names() {}

    /** The name of {@code subject}; LIMIT_EXCEEDED when it is too long, MALFORMED when it is empty. */
    public static String of(X500Principal subject) {
        String name = Cbor.nfc(subject.getName());
        if (name.isEmpty()) {
            throw new RejectedException(ErrorCode.MALFORMED, "a subject has a name");
        }
        return checkLength(name);
    }

    /** Reads a name that came from outside. */
    public static X500Principal parse(String name) {
        checkLength(name);
        try {
            return new X500Principal(Cbor.nfc(name));
        } catch (IllegalArgumentException e) {
            throw new RejectedException(ErrorCode.MALFORMED, "not a distinguished name of RFC 2253");
        }
    }

    private static String checkLength(String name) {
        if (name.length() > MAX_CHARACTERS) {
            throw new RejectedException(
                    ErrorCode.LIMIT_EXCEEDED, "a name has at most " + MAX_CHARACTERS + " characters");
        }
        return name;
    }
}
