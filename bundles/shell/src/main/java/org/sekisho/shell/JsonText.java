// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/** Values as one line of JSON in the shape REST gives them: components by name, octets as base64url, empty is absent. */
final class JsonText {

    private JsonText() {}

    static String of(Object value) {
        StringBuilder out = new StringBuilder();
        write(out, value);
        return out.toString();
    }

    private static void write(StringBuilder out, Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Octets octets) {
            string(out, octets.base64());
        } else if (value instanceof GroupId || value instanceof LeafId || value instanceof Hash) {
            string(out, value.toString());
        } else if (value instanceof Record record) {
            out.append(record(record));
        } else if (value instanceof Map<?, ?> map) {
            StringJoiner members = new StringJoiner(",", "{", "}");
            map.forEach((key, member) -> members.add(member(key.toString(), member)));
            out.append(members);
        } else if (value instanceof Collection<?> items) {
            StringJoiner list = new StringJoiner(",", "[", "]");
            items.forEach(item -> list.add(of(item)));
            out.append(list);
        } else {
            string(out, value.toString());
        }
    }

    private static String record(Record record) {
        StringJoiner members = new StringJoiner(",", "{", "}");
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(record);
                if (value instanceof Optional<?> optional) {
                    optional.ifPresent(present -> members.add(member(component.getName(), present)));
                } else {
                    members.add(member(component.getName(), value));
                }
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("a record that cannot be read: " + record.getClass(), e);
            }
        }
        return members.toString();
    }

    private static String member(String name, Object value) {
        StringBuilder out = new StringBuilder();
        string(out, name);
        out.append(':');
        write(out, value);
        return out.toString();
    }

    private static void string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c >= 0x7f && c < 0xa0) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
