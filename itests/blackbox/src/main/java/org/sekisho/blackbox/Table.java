// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names and values, one under the other. */
final class Table {

    private final Map<String, String> rows = new LinkedHashMap<>();

    void row(String name, Object value) {
        rows.put(name, String.valueOf(value));
    }

    void print(PrintStream out) {
        int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        rows.forEach((name, value) -> out.printf("  %-" + width + "s  %s%n", name, value));
    }
}
