// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.rows;

import java.time.Instant;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;

/**
 * A chunk that came before its message, keyed by {@code 'u' || messageId || index(4)}: {@code [1, leaf, size, hash, atMillis]}.
 *
 * @param hash with the end mark it was uploaded with
 */
public record UploadRow(LeafId by, int size, Hash hash, Instant at) {

    public static Octets prefix() {
        return Octets.utf8("u");
    }

    public static Octets prefix(MessageId message) {
        return Octets.concat(prefix(), message.value());
    }

    public static Octets key(MessageId message, int index) {
        return Octets.concat(prefix(), MessageRow.chunk(message, index));
    }

    /** The chunk's own key. */
    public static Octets chunk(Octets key) {
        return key.slice(1, key.size());
    }

    public Octets encode() {
        return new CborWriter()
                .array(5)
                .integer(1)
                .bytes(by.value())
                .integer(size)
                .bytes(hash.value())
                .integer(at.toEpochMilli())
                .toOctets();
    }

    public static UploadRow decode(Octets value) {
        var r = new CborReader(value);
        r.struct(1, 5);
        var row = new UploadRow(
                r.leafId(), (int) r.uint(Integer.MAX_VALUE), r.hash(), Instant.ofEpochMilli(r.uint(Long.MAX_VALUE)));
        r.end();
        return row;
    }
}
