// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec;

import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/** One-line encoding of arrays: the inputs of hashes, key derivations and signatures. */
public final class Cbor {

    private Cbor() {}

    /**
     * The encoding of an array of {@code elements}.
     *
     * <p>An element is an {@link Integer} or {@link Long}, a {@link String} in normal form C, a {@code byte[]} or
     * {@link Octets}, a {@link Hash}, {@link GroupId} or {@link LeafId}, a {@link Boolean}, null or an empty {@link Optional} for null, or a {@link List} of such for a
     * nested array. Anything else is an {@link IllegalArgumentException}.
     */
    public static Octets encode(@Nullable Object... elements) {
        var writer = new CborWriter().array(elements.length);
        for (Object element : elements) {
            write(writer, element);
        }
        return writer.toOctets();
    }

    /** Requires that {@code encoded} is one well-formed item of the subset and returns it. */
    public static Octets wellFormed(Octets encoded) {
        var reader = new CborReader(encoded);
        reader.item(Integer.MAX_VALUE);
        reader.end();
        return encoded;
    }

    /** {@code text} in normal form C, as text from outside must be before it is encoded. */
    public static String nfc(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static void write(CborWriter writer, @Nullable Object element) {
        if (element == null) {
            writer.nil();
        } else if (element instanceof Long || element instanceof Integer) {
            writer.integer(((Number) element).longValue());
        } else if (element instanceof String text) {
            writer.text(text);
        } else if (element instanceof byte[] bytes) {
            writer.bytes(bytes);
        } else if (element instanceof Octets octets) {
            writer.bytes(octets);
        } else if (element instanceof Hash hash) {
            writer.bytes(hash.value());
        } else if (element instanceof GroupId group) {
            writer.bytes(group.value());
        } else if (element instanceof LeafId leaf) {
            writer.bytes(leaf.value());
        } else if (element instanceof Boolean value) {
            writer.bool(value);
        } else if (element instanceof Optional<?> value) {
            write(writer, value.orElse(null));
        } else if (element instanceof List<?> list) {
            writer.array(list.size());
            list.forEach(inner -> write(writer, inner));
        } else {
            throw new IllegalArgumentException(
                    "no encoding for " + element.getClass().getName());
        }
    }
}
