// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory.firststart;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.store.OwnerOnlyFile;

/** A file of {@code key = value} lines whose other lines, comments included, stay as they are. */
final class PropertyLines {

    private final Path file;
    private final List<String> lines;
    private boolean changed;

    private PropertyLines(Path file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    /** Reads {@code file}, or begins an empty one. */
    static PropertyLines of(Path file) throws IOException {
        return new PropertyLines(
                file, Files.exists(file) ? new ArrayList<>(Files.readAllLines(file, UTF_8)) : new ArrayList<>());
    }

    /** The value of {@code key}, which is written as in the file, with its backslashes. */
    Optional<String> get(String key) {
        return lines.stream()
                .filter(line -> isOf(key, line))
                .map(line -> line.substring(line.indexOf('=') + 1).strip())
                .findFirst();
    }

    void set(String key, String value) {
        if (get(key).filter(value::equals).isPresent()) {
            return;
        }
        String line = key + " = " + value;
        int at = 0;
        while (at < lines.size() && !isOf(key, lines.get(at))) {
            at++;
        }
        if (at < lines.size()) {
            lines.set(at, line);
        } else {
            lines.add(line);
        }
        changed = true;
    }

    void setIfAbsent(String key, String value) {
        if (get(key).isEmpty()) {
            set(key, value);
        }
    }

    /** Replaces the file, for its owner only, if anything changed. */
    void save(Entropy entropy) throws IOException {
        if (changed) {
            OwnerOnlyFile.replace(file, (String.join("\n", lines) + "\n").getBytes(UTF_8), entropy);
            changed = false;
        }
    }

    private static boolean isOf(String key, String line) {
        int sign = line.indexOf('=');
        return sign >= 0 && line.substring(0, sign).strip().equals(key);
    }
}
