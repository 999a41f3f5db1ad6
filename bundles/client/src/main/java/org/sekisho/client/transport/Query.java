// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Text in the query of a URI. */
final class Query {

    private Query() {}

    static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
