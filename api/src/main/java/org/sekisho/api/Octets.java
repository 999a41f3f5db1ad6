// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An immutable string of octets with value semantics. For public data and sealed data only: a secret belongs in {@link
 * SecretBytes}, which can be erased. Ordered as unsigned octets. Safe for use by several threads.
 */
public final class Octets implements Comparable<Octets> {

    /** The string of length zero. */
    public static final Octets EMPTY = new Octets(new byte[0]);

    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies {@code bytes}. */
    public static Octets of(byte... bytes) {
        return bytes.length == 0 ? EMPTY : new Octets(bytes.clone());
    }

    /** Copies {@code length} octets from {@code offset}. */
    public static Octets of(byte[] bytes, int offset, int length) {
        return new Octets(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /** The UTF-8 octets of {@code text}. */
    public static Octets utf8(String text) {
        return new Octets(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads lower or upper case hexadecimal digits; throws {@link RejectedException} on anything else. */
    public static Octets ofHex(String hex) {
        try {
            return new Octets(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            throw new RejectedException(ErrorCode.MALFORMED, "not hexadecimal");
        }
    }

    /** Reads base64url without padding; throws {@link RejectedException} on anything else. */
    public static Octets ofBase64(String text) {
        try {
            return new Octets(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new RejectedException(ErrorCode.MALFORMED, "not base64url");
        }
    }

    /** The octets of {@code parts}, one after the other. */
    public static Octets concat(Octets... parts) {
        int length = 0;
        for (Octets part : parts) {
            length = Math.addExact(length, part.size());
        }
        byte[] all = new byte[length];
        int at = 0;
        for (Octets part : parts) {
            System.arraycopy(part.bytes, 0, all, at, part.size());
            at += part.size();
        }
        return new Octets(all);
    }

    /** A big-endian unsigned 64-bit number; in this form numbers sort as octets. */
    public static Octets ofLong(long value) {
        byte[] b = new byte[8];
        for (int i = 0; i < 8; i++) {
            b[i] = (byte) (value >>> (56 - 8 * i));
        }
        return new Octets(b);
    }

    /** Reads the first eight octets as {@link #ofLong} wrote them. */
    public long toLong() {
        if (bytes.length < 8) {
            throw new RejectedException(ErrorCode.MALFORMED, "not a 64-bit number");
        }
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | (bytes[i] & 0xff);
        }
        return value;
    }

    public int size() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** A copy. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** The octets from {@code from} (inclusive) to {@code to} (exclusive). */
    public Octets slice(int from, int to) {
        return new Octets(Arrays.copyOfRange(bytes, from, to));
    }

    public boolean startsWith(Octets prefix) {
        return bytes.length >= prefix.bytes.length
                && Arrays.equals(bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length);
    }

    /** Lower case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** Base64url without padding. */
    public String base64() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The text these octets are in UTF-8. */
    public String asUtf8() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(Octets other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Octets other && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Hexadecimal, cut after 16 octets. */
    @Override
    public String toString() {
        return bytes.length <= 16 ? hex() : HexFormat.of().formatHex(bytes, 0, 16) + "..(" + bytes.length + ")";
    }
}
