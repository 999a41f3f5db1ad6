// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.text.Normalizer;
import org.sekisho.api.Octets;

/**
 * Writes one item of the deterministic subset, usually an array.
 *
 * <p>Guarantees: the shortest form of every length and integer, and an {@link IllegalStateException} from
 * {@link #toByteArray()} when an array lacks elements, or from any write that would be one too many.
 *
 * <p>Not safe for concurrent use. Text must be in normal form C already ({@link Cbor#nfc} makes it so); anything else
 * is an {@link IllegalArgumentException}, since silently changing what is to be signed would be worse.
 */
public final class CborWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    private final Nesting nesting = new Nesting();

    /** Opens an array; the next {@code count} items are its elements. */
    public CborWriter array(int count) {
        requirePlace();
        if (count < 0) {
            throw new IllegalArgumentException("negative count");
        }
        if (nesting.atLimit()) {
            throw new IllegalArgumentException("arrays nested deeper than " + CborReader.MAX_DEPTH);
        }
        head(MajorType.ARRAY, count);
        nesting.open(count);
        return this;
    }

    /** Writes a signed integer of at most 64 bits. */
    public CborWriter integer(long value) {
        requirePlace();
        if (value >= 0) {
            head(MajorType.UINT, value);
        } else {
            head(MajorType.NINT, -1 - value);
        }
        nesting.item();
        return this;
    }

    /** Writes a byte string. */
    public CborWriter bytes(byte[] value) {
        return string(MajorType.BYTES, value);
    }

    /** Writes a byte string. */
    public CborWriter bytes(Octets value) {
        return bytes(value.toByteArray());
    }

    /** Writes a text string, which must be in normal form C and free of lone surrogates. */
    public CborWriter text(String value) {
        if (!Normalizer.isNormalized(value, Normalizer.Form.NFC)) {
            throw new IllegalArgumentException("text is not in normal form C");
        }
        try {
            var encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(value));
            byte[] utf8 = new byte[encoded.remaining()];
            encoded.get(utf8);
            return string(MajorType.TEXT, utf8);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("text has a lone surrogate", e);
        }
    }

    /** Writes true or false. */
    public CborWriter bool(boolean value) {
        return simple(value ? MajorType.TRUE : MajorType.FALSE);
    }

    /** Writes null, the sign of an absent value. */
    public CborWriter nil() {
        return simple(MajorType.NULL);
    }

    /** Embeds an item that is encoded already; it is checked, and its depth counts. */
    public CborWriter item(Octets encoded) {
        byte[] bytes = encoded.toByteArray();
        var reader = new CborReader(bytes);
        copy(reader);
        reader.end();
        return this;
    }

    private void copy(CborReader from) {
        switch (from.peek()) {
            case INTEGER -> integer(from.integer());
            case BYTES -> bytes(from.bytes(Integer.MAX_VALUE));
            case TEXT -> text(from.text(Integer.MAX_VALUE));
            case BOOL -> bool(from.bool());
            case NULL -> {
                from.nil();
                nil();
            }
            case ARRAY -> {
                int count = from.array(Integer.MAX_VALUE);
                array(count);
                for (int i = 0; i < count; i++) {
                    copy(from);
                }
            }
        }
    }

    /** The complete encoding. */
    public byte[] toByteArray() {
        if (!nesting.complete()) {
            throw new IllegalStateException("array lacks elements");
        }
        return out.toByteArray();
    }

    /** The complete encoding as a value. */
    public Octets toOctets() {
        return Octets.of(toByteArray());
    }

    private CborWriter string(int major, byte[] content) {
        requirePlace();
        head(major, content.length);
        out.writeBytes(content);
        nesting.item();
        return this;
    }

    private CborWriter simple(int initialByte) {
        requirePlace();
        out.write(initialByte);
        nesting.item();
        return this;
    }

    private void requirePlace() {
        if (!nesting.expectsItem()) {
            throw new IllegalStateException("item after the end");
        }
    }

    private void head(int major, long argument) {
        int initial = major << 5;
        if (argument < 24) {
            out.write(initial | (int) argument);
        } else if (argument < 1L << 8) {
            out.write(initial | 24);
            bigEndian(argument, 1);
        } else if (argument < 1L << 16) {
            out.write(initial | 25);
            bigEndian(argument, 2);
        } else if (argument < 1L << 32) {
            out.write(initial | 26);
            bigEndian(argument, 4);
        } else {
            out.write(initial | 27);
            bigEndian(argument, 8);
        }
    }

    private void bigEndian(long value, int length) {
        for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
    }
}
