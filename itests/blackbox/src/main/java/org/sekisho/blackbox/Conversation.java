// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real conversation: {@code time<TAB>who<TAB>text} per line. Lines of another shape are left out. */
public record Conversation(List<Line> lines) {

    /** Who said what. */
    public record Line(String who, String text) {}

    public Conversation {
        lines = List.copyOf(lines);
    }

    /** The small one that comes with the product, English and Japanese. */
    public static Conversation builtIn() throws IOException {
        try (InputStream in = Conversation.class.getResourceAsStream("conversation.tsv")) {
            if (in == null) {
                throw new IOException("conversation.tsv is missing");
            }
            return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), Integer.MAX_VALUE);
        }
    }

    /** The first {@code most} lines of a file. */
    public static Conversation of(Path file, int most) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            return read(in, most);
        }
    }

    private static Conversation read(BufferedReader in, int most) throws IOException {
        return new Conversation(in.lines()
                .map(l -> l.split("\t", 3))
                .filter(f -> f.length == 3 && !f[1].isBlank() && !f[2].isBlank())
                .limit(most)
                .map(f -> new Line(f[1], f[2]))
                .toList());
    }
}
