// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/**
 * Reads one item of the deterministic subset, strictly.
 *
 * <p>Guarantees: whatever is accepted is exactly what {@link CborWriter} writes for the same values. Refused with
 * {@link MalformedException}: forms that are not the shortest, indefinite lengths, floats, tags, maps, undefined and
 * other simple values, integers beyond 64 signed bits, invalid UTF-8, text not in normal form C, arrays nested deeper
 * than {@value #MAX_DEPTH}, lengths beyond the remaining input or beyond the limit that the caller names, and bytes
 * after the item.
 *
 * <p>Limits and units: every limit is inclusive and counts bytes (strings) or elements (arrays). Nothing is allocated
 * before a length was compared with what remains. The input is not copied: the caller must not change it meanwhile.
 *
 * <p>Normal form C is the one of the running JDK's Unicode tables; text of code points that it does not know yet
 * counts as normal.
 *
 * <p>Not safe for concurrent use.
 */
public final class CborReader {

    /** Deepest nesting of arrays, the outermost counted as 1. */
    public static final int MAX_DEPTH = 16;

    /** The kind of the next item, for choices that the format leaves open. */
    public enum Kind {
        /** An integer. */
        INTEGER,
        /** A byte string. */
        BYTES,
        /** A text string. */
        TEXT,
        /** An array. */
        ARRAY,
        /** True or false. */
        BOOL,
        /** Null. */
        NULL
    }

    private final byte[] in;
    private final Nesting nesting = new Nesting();
    private int position;

    /** Reads {@code input}, which must hold one item and nothing else. */
    public CborReader(byte[] input) {
        this.in = input;
    }

    /** Reads {@code input}, which must hold one item and nothing else. */
    public CborReader(Octets input) {
        this(input.toByteArray());
    }

    /** Opens an array of at most {@code maxCount} elements and returns their number; they are read next. */
    public int array(int maxCount) {
        int start = position;
        int count = length(MajorType.ARRAY, maxCount);
        if (nesting.atLimit()) {
            throw new MalformedException("nested too deep", start);
        }
        nesting.open(count);
        return count;
    }

    /** Opens an array of exactly {@code count} elements. */
    public void arrayOf(int count) {
        int start = position;
        if (array(count) != count) {
            throw new MalformedException("array of other than " + count + " elements", start);
        }
    }

    /** Opens a stored or sent structure: {@code fields} elements, the first of which is {@code version}. */
    public void struct(int version, int fields) {
        arrayOf(fields);
        int start = position;
        if (integer() != version) {
            throw new MalformedException("unknown version", start);
        }
    }

    /** Reads an array by reading each of its at most {@code maxCount} elements with {@code element}. */
    public <T> List<T> list(int maxCount, Function<? super CborReader, ? extends T> element) {
        int count = array(maxCount);
        List<T> elements = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            elements.add(element.apply(this));
        }
        return List.copyOf(elements);
    }

    /** Reads null as empty, anything else with {@code value}. */
    public <T> Optional<T> optional(Function<? super CborReader, ? extends T> value) {
        if (peek() == Kind.NULL) {
            nil();
            return Optional.empty();
        }
        return Optional.of(value.apply(this));
    }

    /** Reads an integer. */
    public long integer() {
        int start = position;
        int initial = initialByte();
        int major = initial >>> 5;
        if (major != MajorType.UINT && major != MajorType.NINT) {
            throw new MalformedException("not an integer", start);
        }
        long argument = argument(initial, start);
        nesting.item();
        return major == MajorType.UINT ? argument : -1 - argument;
    }

    /** Reads an integer from {@code min} to {@code max}, both included. */
    public long integer(long min, long max) {
        int start = position;
        long value = integer();
        if (value < min || value > max) {
            throw new MalformedException("integer out of range", start);
        }
        return value;
    }

    /** Reads an integer from 0 to {@code max}, both included. */
    public long uint(long max) {
        return integer(0, max);
    }

    /** Reads a byte string of at most {@code maxLength} bytes. */
    public byte[] bytes(int maxLength) {
        return content(MajorType.BYTES, maxLength);
    }

    /** Reads a byte string of at most {@code maxLength} bytes as a value. */
    public Octets octets(int maxLength) {
        return Octets.of(bytes(maxLength));
    }

    /** Reads a byte string of exactly {@code length} bytes: an identifier, a hash, a key, a signature. */
    public Octets octetsOf(int length) {
        int start = position;
        byte[] value = bytes(length);
        if (value.length != length) {
            throw new MalformedException("byte string of other than " + length + " bytes", start);
        }
        return Octets.of(value);
    }

    /** Reads a byte string of 32 bytes as a hash. */
    public Hash hash() {
        return new Hash(octetsOf(Hash.SIZE));
    }

    /** Reads a byte string of 16 bytes as a group's identifier. */
    public GroupId groupId() {
        return new GroupId(octetsOf(GroupId.SIZE));
    }

    /** Reads a byte string of 32 bytes as a leaf's identifier. */
    public LeafId leafId() {
        return new LeafId(octetsOf(LeafId.SIZE));
    }

    /** Reads a text string of at most {@code maxLength} bytes of UTF-8. */
    public String text(int maxLength) {
        int start = position;
        byte[] utf8 = content(MajorType.TEXT, maxLength);
        String text;
        try {
            text = UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("invalid UTF-8", start);
        }
        if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
            throw new MalformedException("text not in normal form C", start);
        }
        return text;
    }

    /** Reads true or false. */
    public boolean bool() {
        int start = position;
        int initial = initialByte();
        if (initial != MajorType.TRUE && initial != MajorType.FALSE) {
            throw new MalformedException("not a boolean", start);
        }
        nesting.item();
        return initial == MajorType.TRUE;
    }

    /** Reads null. */
    public void nil() {
        int start = position;
        if (initialByte() != MajorType.NULL) {
            throw new MalformedException("not null", start);
        }
        nesting.item();
    }

    /** Reads any one item, checks it throughout, and returns its encoding of at most {@code maxLength} bytes. */
    public Octets item(int maxLength) {
        int start = position;
        skip();
        if (position - start > maxLength) {
            throw new MalformedException("item too long", start);
        }
        return Octets.of(Arrays.copyOfRange(in, start, position));
    }

    /** The kind of the next item, which stays unread. */
    public Kind peek() {
        int start = position;
        int initial = initialByte();
        position = start;
        return switch (initial >>> 5) {
            case MajorType.UINT, MajorType.NINT -> Kind.INTEGER;
            case MajorType.BYTES -> Kind.BYTES;
            case MajorType.TEXT -> Kind.TEXT;
            case MajorType.ARRAY -> Kind.ARRAY;
            default ->
                switch (initial) {
                    case MajorType.TRUE, MajorType.FALSE -> Kind.BOOL;
                    case MajorType.NULL -> Kind.NULL;
                    default -> throw new MalformedException("type outside the subset", start);
                };
        };
    }

    /** Requires that the item is complete and that nothing follows it. */
    public void end() {
        if (!nesting.complete()) {
            throw new MalformedException("unread elements", position);
        }
        if (position != in.length) {
            throw new MalformedException("bytes after the end", position);
        }
    }

    private void skip() {
        switch (peek()) {
            case INTEGER -> integer();
            case BYTES -> bytes(Integer.MAX_VALUE);
            case TEXT -> text(Integer.MAX_VALUE);
            case BOOL -> bool();
            case NULL -> nil();
            case ARRAY -> {
                int count = array(Integer.MAX_VALUE);
                for (int i = 0; i < count; i++) {
                    skip();
                }
            }
        }
    }

    private byte[] content(int major, int maxLength) {
        int length = length(major, maxLength);
        byte[] content = Arrays.copyOfRange(in, position, position + length);
        position += length;
        nesting.item();
        return content;
    }

    private int length(int major, int max) {
        int start = position;
        int initial = initialByte();
        if (initial >>> 5 != major) {
            throw new MalformedException("unexpected type", start);
        }
        long length = argument(initial, start);
        if (length > max) {
            throw new MalformedException("longer than allowed", start);
        }
        // An element takes at least one byte, so this bounds counts as well as string lengths.
        if (length > in.length - position) {
            throw new MalformedException("longer than the input", start);
        }
        return (int) length;
    }

    private int initialByte() {
        if (!nesting.expectsItem()) {
            throw new MalformedException("no further element", position);
        }
        if (position >= in.length) {
            throw new MalformedException("input ends early", position);
        }
        return in[position++] & 0xff;
    }

    private long argument(int initial, int start) {
        int info = initial & 0x1f;
        if (info < 24) {
            return info;
        }
        if (info > 27) {
            throw new MalformedException("indefinite or reserved length", start);
        }
        int size = 1 << (info - 24);
        if (in.length - position < size) {
            throw new MalformedException("input ends early", start);
        }
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | in[position++] & 0xff;
        }
        if (value < 0) {
            throw new MalformedException("integer beyond 64 signed bits", start);
        }
        long least = size == 1 ? 24 : 1L << (4 * size);
        if (value < least) {
            throw new MalformedException("not the shortest form", start);
        }
        return value;
    }
}
