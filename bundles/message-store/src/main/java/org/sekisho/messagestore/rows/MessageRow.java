// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.rows;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.api.messagestore.MessageMeta;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;

/**
 * A message, or what is left of it, keyed by its position:
 * {@code [1, messageId, cohort, sender, hash, atMillis, present]} with
 * {@code present = [meta, signature, [hashes], inline|null] | null}.
 *
 * @param inline the only chunk, when it is small
 */
public record MessageRow(
        MessageId message, long cohort, LeafId sender, Hash hash, Instant at, Optional<Present> present) {

    /** Largest sealed chunk kept in the row itself. */
    public static final int MAX_INLINE = 4096;

    private static final int MAX_META = 1024;

    /** What a deletion takes away. */
    public record Present(Octets meta, Octets signature, List<Hash> hashes, Optional<Octets> inline) {
        public Present {
            hashes = List.copyOf(hashes);
        }
    }

    public MessageRow deleted() {
        return new MessageRow(message, cohort, sender, hash, at, Optional.empty());
    }

    public Octets encode() {
        CborWriter w =
                new CborWriter().array(7).integer(1).bytes(message.value()).integer(cohort);
        w.bytes(sender.value()).bytes(hash.value()).integer(at.toEpochMilli());
        if (present.isEmpty()) {
            return w.nil().toOctets();
        }
        Present p = present.get();
        w.array(4).bytes(p.meta()).bytes(p.signature()).array(p.hashes().size());
        p.hashes().forEach(h -> w.bytes(h.value()));
        p.inline().ifPresentOrElse(w::bytes, w::nil);
        return w.toOctets();
    }

    public static MessageRow decode(Octets value) {
        var r = new CborReader(value);
        r.struct(1, 7);
        var row = new MessageRow(
                new MessageId(r.octetsOf(MessageId.SIZE)),
                r.uint(Long.MAX_VALUE),
                r.leafId(),
                r.hash(),
                Instant.ofEpochMilli(r.uint(Long.MAX_VALUE)),
                r.optional(MessageRow::present));
        r.end();
        return row;
    }

    private static Present present(CborReader r) {
        r.arrayOf(4);
        return new Present(
                r.octets(MAX_META),
                r.octetsOf(64),
                r.list(MessageMeta.MAX_CHUNKS, CborReader::hash),
                r.optional(inner -> inner.octets(MAX_INLINE)));
    }

    public static Octets key(long n) {
        return Octets.ofLong(n);
    }

    /** Key of a chunk in its own table. */
    public static Octets chunk(MessageId message, int index) {
        byte[] number = {(byte) (index >> 24), (byte) (index >> 16), (byte) (index >> 8), (byte) index};
        return Octets.concat(message.value(), Octets.of(number));
    }

    /** The chunk before {@code index}, for scanning from there on. */
    public static Octets chunkBefore(MessageId message, int index) {
        return index == 0 ? message.value() : chunk(message, index - 1);
    }
}
