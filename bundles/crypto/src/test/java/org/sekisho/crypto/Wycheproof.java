// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sekisho.api.Octets;

/** Project Wycheproof's vectors, which lie beside the repository in {@code ../shared/wycheproof} or not at all. */
final class Wycheproof {

    private Wycheproof() {}

    /** One file; a test that asks for it is skipped when it is absent. */
    static JsonNode file(String name) throws IOException {
        Path file = root().resolveSibling("shared").resolve("wycheproof").resolve(name);
        assumeTrue(Files.isRegularFile(file), "no Wycheproof vectors at ../shared/wycheproof/" + name);
        return new ObjectMapper().readTree(file.toFile());
    }

    static Octets hex(JsonNode test, String field) {
        return Octets.ofHex(test.get(field).asText());
    }

    static boolean valid(JsonNode test) {
        return test.get("result").asText().equals("valid");
    }

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (directory != null && !Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
        }
        return directory == null ? Path.of("").toAbsolutePath() : directory;
    }
}
