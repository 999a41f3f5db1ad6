// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import java.util.Locale;

/**
 * One measured figure.
 *
 * @param against what the baseline is
 * @param ratio value divided by the baseline's value
 */
public record Figure(String name, double value, String unit, String against, double ratio) {

    /** One line of JSON. Names are ours: no escaping is needed, and none of these characters is accepted. */
    public String json() {
        for (String text : new String[] {name, unit, against}) {
            if (text.indexOf('"') >= 0 || text.indexOf('\\') >= 0) {
                throw new IllegalArgumentException("name of a figure: " + text);
            }
        }
        return String.format(
                Locale.ROOT,
                "{\"name\":\"%s\",\"value\":%.3f,\"unit\":\"%s\",\"against\":\"%s\",\"ratio\":%.3f}",
                name,
                value,
                unit,
                against,
                ratio);
    }
}
