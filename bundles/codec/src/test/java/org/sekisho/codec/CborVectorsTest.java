// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** RFC 8949 appendix A, all 81 rows: those of the subset are accepted and written back, the rest is rejected. */
class CborVectorsTest {

    @ParameterizedTest(name = "{1}: {2}")
    @CsvFileSource(resources = "rfc8949-appendix-a.csv", delimiter = ';', quoteCharacter = '`')
    void appendixA(String hex, String verdict, String diagnostic) {
        byte[] encoded = HexFormat.of().parseHex(hex);
        if (verdict.equals("rejected")) {
            assertThatThrownBy(() -> CborTree.read(encoded)).isInstanceOf(MalformedException.class);
        } else {
            Object value = CborTree.read(encoded);
            assertThat(CborTree.write(value)).isEqualTo(encoded);
            assertThat(diagnostic(value)).isEqualTo(diagnostic);
        }
    }

    private static String diagnostic(Object value) {
        if (value instanceof org.sekisho.api.Octets octets) {
            return "h'" + octets.hex() + "'";
        }
        if (value instanceof String text) {
            var quoted = new StringBuilder("\"");
            text.chars()
                    .forEach(c -> quoted.append(
                            c == '"' || c == '\\'
                                    ? "\\" + (char) c
                                    : c < 128 ? "" + (char) c : "\\u%04x".formatted(c)));
            return quoted.append('"').toString();
        }
        return value == CborTree.Null.NULL ? "null" : value.toString();
    }
}
