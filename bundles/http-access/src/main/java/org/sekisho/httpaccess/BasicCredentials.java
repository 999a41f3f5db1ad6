// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpaccess;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** User name and password of HTTP Basic (RFC 7617, UTF-8). */
record BasicCredentials(String user, char[] password) {

    private static final String SCHEME = "basic ";
    static final int MAX_USER = 128;

    /** Empty when the header is not well-formed Basic. */
    static Optional<BasicCredentials> parse(String header) {
        if (!header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return Optional.empty();
        }
        byte[] decoded;
        try {
            decoded =
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).trim());
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(decoded));
        try {
            int colon = text.toString().indexOf(':');
            if (colon < 1 || colon > MAX_USER) {
                return Optional.empty();
            }
            char[] password = new char[text.length() - colon - 1];
            text.duplicate().position(colon + 1).get(password);
            return Optional.of(new BasicCredentials(text.subSequence(0, colon).toString(), password));
        } finally {
            Arrays.fill(decoded, (byte) 0);
            Arrays.fill(text.array(), '\0');
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "BasicCredentials[" + user + "]";
    }
}
