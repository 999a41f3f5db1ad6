// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scan that finds nothing proves nothing unless it finds what is there. */
class CanariesTest {

    private static final byte[] KEY =
            HexFormat.of().parseHex("00112233445566778899aabbccddeeff0123456789abcdef0123456789abcdef");
    private static final String TEXT = "出雲大社 meets at noon";

    @TempDir
    Path directory;

    private final Random random = new Random(7);

    private Path file(int before, byte[] secret, int after) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] noise = new byte[before];
        random.nextBytes(noise);
        out.write(noise);
        out.write(secret);
        noise = new byte[after];
        random.nextBytes(noise);
        out.write(noise);
        return Files.write(Files.createTempFile(directory, "f", ".bin"), out.toByteArray());
    }

    private Canaries canaries() {
        Canaries c = new Canaries();
        c.add("key", KEY);
        c.addText("text", TEXT);
        return c;
    }

    @Test
    void findsEveryFormAtEveryPlace() throws IOException {
        byte[][] forms = {
            KEY,
            HexFormat.of().formatHex(KEY).getBytes(StandardCharsets.US_ASCII),
            HexFormat.of().withUpperCase().formatHex(KEY).getBytes(StandardCharsets.US_ASCII),
            TEXT.getBytes(StandardCharsets.UTF_8),
            TEXT.getBytes(StandardCharsets.UTF_16LE),
            TEXT.getBytes(StandardCharsets.UTF_16BE),
        };
        for (byte[] form : forms) {
            for (int before : new int[] {0, 1, 5000, (1 << 20) - 10, (1 << 20) + 3, (2 << 20) - 1}) {
                assertThat(canaries().scan(file(before, form, 0)))
                        .as("at %d", before)
                        .hasSize(1);
                assertThat(canaries().scan(file(before, form, 77)))
                        .as("at %d", before)
                        .hasSize(1);
            }
        }
    }

    @Test
    void findsBase64WhateverStandsBefore() throws IOException {
        for (int shift = 0; shift < 6; shift++) {
            byte[] padded = new byte[KEY.length + shift + 4];
            random.nextBytes(padded);
            System.arraycopy(KEY, 0, padded, shift, KEY.length);
            byte[] url = Base64.getUrlEncoder().encode(padded);
            assertThat(canaries().scan(file(100, url, 100)))
                    .as("shift %d", shift)
                    .isNotEmpty();
            assertThat(canaries().scan(file(100, Base64.getEncoder().encode(padded), 100)))
                    .isNotEmpty();
        }
    }

    @Test
    void findsNothingInNoise() throws IOException {
        assertThat(canaries().scan(file(3 << 20, new byte[0], 0))).isEmpty();
    }
}
