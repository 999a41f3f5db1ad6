// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Looks for secrets in files, in every form they would likely have: raw, UTF-16 in both orders, hexadecimal, base64 at its three
 * alignments. All patterns in one pass over each file (rolling window on the first four octets).
 */
public final class Canaries {

    /** Shorter secrets would be found by chance. */
    public static final int MIN_LENGTH = 12;

    /** Where which secret was found. */
    public record Hit(Path file, long offset, String name) {}

    private record Pattern(String name, byte[] bytes) {}

    private final Map<Integer, List<Pattern>> byPrefix = new HashMap<>();
    private int longest = 4;
    private int secrets;

    /** Adds a text. */
    public void addText(String name, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        add(name, utf8);
        pattern(name + " utf-16be", text.getBytes(StandardCharsets.UTF_16BE));
        pattern(name + " utf-16le", text.getBytes(StandardCharsets.UTF_16LE));
    }

    /** Adds octets. */
    public void add(String name, byte[] secret) {
        if (secret.length < MIN_LENGTH) {
            throw new IllegalArgumentException("too short to be told from chance: " + name);
        }
        secrets++;
        pattern(name, secret);
        String hex = HexFormat.of().formatHex(secret);
        pattern(name + " hex", ascii(hex));
        pattern(name + " HEX", ascii(hex.toUpperCase(Locale.ROOT)));
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[secret.length + shift];
            System.arraycopy(secret, 0, shifted, shift, secret.length);
            String whole = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // the first and last characters depend on the neighbours
            String middle = whole.substring(shift == 0 ? 0 : shift + 1, whole.length() - 1);
            pattern(name + " base64", ascii(middle));
            pattern(name + " base64url", ascii(middle.replace('+', '-').replace('/', '_')));
        }
    }

    public int secrets() {
        return secrets;
    }

    private static byte[] ascii(String s) {
        return s.getBytes(StandardCharsets.US_ASCII);
    }

    private void pattern(String name, byte[] bytes) {
        byPrefix.computeIfAbsent(prefix(bytes, 0), k -> new ArrayList<>()).add(new Pattern(name, bytes));
        longest = Math.max(longest, bytes.length);
    }

    private static int prefix(byte[] b, int at) {
        return (b[at] & 0xff) << 24 | (b[at + 1] & 0xff) << 16 | (b[at + 2] & 0xff) << 8 | (b[at + 3] & 0xff);
    }

    /** Scans one file of any size. */
    public List<Hit> scan(Path file) throws IOException {
        List<Hit> hits = new ArrayList<>();
        byte[] buffer = new byte[Math.max(1 << 20, 4 * longest)];
        long base = 0;
        int filled = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (int read; (read = in.readNBytes(buffer, filled, buffer.length - filled)) > 0; ) {
                filled += read;
                boolean last = filled < buffer.length;
                int end = last ? filled - 3 : filled - longest;
                for (int i = 0; i < end; i++) {
                    List<Pattern> candidates = byPrefix.get(prefix(buffer, i));
                    if (candidates != null) {
                        match(file, base, buffer, filled, i, candidates, hits);
                    }
                }
                int keep = last ? 0 : filled - Math.max(end, 0);
                System.arraycopy(buffer, filled - keep, buffer, 0, keep);
                base += filled - keep;
                filled = keep;
            }
        }
        return hits;
    }

    private static void match(
            Path file, long base, byte[] buffer, int filled, int at, List<Pattern> candidates, List<Hit> hits) {
        for (Pattern p : candidates) {
            if (at + p.bytes.length <= filled
                    && java.util.Arrays.equals(buffer, at, at + p.bytes.length, p.bytes, 0, p.bytes.length)) {
                hits.add(new Hit(file, base + at, p.name));
            }
        }
    }
}
