// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec;

import java.util.ArrayList;
import java.util.List;
import org.sekisho.api.Octets;

/** Reads any item of the subset into Java values, as no protocol should, for tests. */
final class CborTree {

    private CborTree() {}

    static Object read(byte[] encoded) {
        var reader = new CborReader(encoded);
        Object tree = read(reader);
        reader.end();
        return tree;
    }

    static byte[] write(Object tree) {
        var writer = new CborWriter();
        write(writer, tree);
        return writer.toByteArray();
    }

    private static Object read(CborReader reader) {
        return switch (reader.peek()) {
            case INTEGER -> reader.integer();
            case BYTES -> reader.octets(Integer.MAX_VALUE);
            case TEXT -> reader.text(Integer.MAX_VALUE);
            case BOOL -> reader.bool();
            case NULL -> {
                reader.nil();
                yield Null.NULL;
            }
            case ARRAY -> {
                List<Object> elements = new ArrayList<>();
                int count = reader.array(Integer.MAX_VALUE);
                for (int i = 0; i < count; i++) {
                    elements.add(read(reader));
                }
                yield elements;
            }
        };
    }

    private static void write(CborWriter writer, Object tree) {
        if (tree instanceof Long integer) {
            writer.integer(integer);
        } else if (tree instanceof Octets octets) {
            writer.bytes(octets);
        } else if (tree instanceof String text) {
            writer.text(text);
        } else if (tree instanceof Boolean bool) {
            writer.bool(bool);
        } else if (tree instanceof List<?> list) {
            writer.array(list.size());
            list.forEach(element -> write(writer, element));
        } else {
            writer.nil();
        }
    }

    /** Stands for null inside lists. */
    enum Null {
        NULL
    }
}
