// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec.store;

import java.time.Instant;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Limit;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.api.messagestore.MessageMeta;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;
import org.sekisho.codec.MalformedException;

/**
 * {@code meta = [1, groupId, messageId, cohort, originEpochHash, rosterHash, sender, senderSeq, previous|null, sentAtMillis,
 * contentType, chunkSize, chunks, plainLength, commitment]}.
 */
public final class MetaCodec {

    /** Longest encoded meta, in octets. */
    public static final int MAX_SIZE = 1024;

    /** Last millisecond of the year 9999. */
    private static final long MAX_MILLIS = 253_402_300_799_999L;

    private MetaCodec() {}

    /** The time is written in whole milliseconds. */
    public static Octets encode(MessageMeta meta) {
        CborWriter w = new CborWriter().array(15).integer(1).bytes(meta.group().value());
        w.bytes(meta.message().value()).integer(meta.cohort());
        w.bytes(meta.originEpochHash().value()).bytes(meta.rosterHash().value());
        w.bytes(meta.sender().value()).integer(meta.senderSeq());
        meta.previous().ifPresentOrElse(hash -> w.bytes(hash.value()), w::nil);
        w.integer(Limit.atMost("milliseconds", meta.sentAt().toEpochMilli(), MAX_MILLIS));
        try {
            w.text(meta.contentType());
        } catch (IllegalArgumentException e) {
            throw new RejectedException(ErrorCode.MALFORMED, "content type: " + e.getMessage());
        }
        w.integer(meta.chunkSize()).integer(meta.chunks()).integer(meta.plainLength());
        return w.bytes(meta.commitment().value()).toOctets();
    }

    public static MessageMeta decode(Octets encoded) {
        Limit.atMost("meta octets", encoded.size(), MAX_SIZE);
        try {
            var r = new CborReader(encoded);
            r.struct(1, 15);
            var meta = new MessageMeta(
                    r.groupId(),
                    new MessageId(r.octetsOf(MessageId.SIZE)),
                    r.uint(Long.MAX_VALUE),
                    r.hash(),
                    r.hash(),
                    r.leafId(),
                    r.integer(1, Long.MAX_VALUE),
                    r.optional(CborReader::hash),
                    Instant.ofEpochMilli(r.uint(MAX_MILLIS)),
                    r.text(4 * MessageMeta.MAX_CONTENT_TYPE),
                    (int) r.integer(1, MessageMeta.CHUNK),
                    (int) r.integer(1, MessageMeta.MAX_CHUNKS),
                    r.uint((long) MessageMeta.MAX_CHUNKS * MessageMeta.CHUNK),
                    r.hash());
            r.end();
            return meta;
        } catch (MalformedException e) {
            throw new RejectedException(ErrorCode.MALFORMED, "meta: " + e.getMessage());
        }
    }
}
