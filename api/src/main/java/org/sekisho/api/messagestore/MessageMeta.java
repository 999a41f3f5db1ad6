// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.messagestore;

import java.time.Instant;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Limit;

/**
 * What an author says of a message, never changed by anybody: signed together with the body's hash (protocol notes F1, F13).
 *
 * @param cohort of the epoch it was sealed in
 * @param originEpochHash that epoch; on the reader's verified chain, or the message is refused
 * @param rosterHash the roster of that epoch; contains the sender
 * @param senderSeq counts the sender's stored messages in this group, from 1
 * @param previous hash of the sender's message before; empty for the first
 * @param sentAt by the sender's clock, in milliseconds
 * @param chunkSize octets of plaintext in every chunk but the last
 * @param chunks at least 1
 * @param plainLength octets of plaintext
 * @param commitment binds the message to one key, one id and one cohort
 */
public record MessageMeta(
        GroupId group,
        MessageId message,
        long cohort,
        Hash originEpochHash,
        Hash rosterHash,
        LeafId sender,
        long senderSeq,
        Optional<Hash> previous,
        Instant sentAt,
        String contentType,
        int chunkSize,
        int chunks,
        long plainLength,
        Hash commitment) {

    /** Octets of plaintext in a chunk that our clients write, and most that a chunk may have. */
    public static final int CHUNK = 64 << 10;

    /** What a sealed chunk is longer than its plaintext. */
    public static final int CHUNK_OVERHEAD = 16;

    /** Most chunks of a message: 1 GiB of full ones. */
    public static final int MAX_CHUNKS = 1 << 14;

    /** Longest content type, in characters. */
    public static final int MAX_CONTENT_TYPE = 128;

    public MessageMeta {
        Limit.atMost("chunks", chunks, MAX_CHUNKS);
        Limit.atMost("chunk octets", chunkSize, CHUNK);
        Limit.atMost("content type characters", contentType.length(), MAX_CONTENT_TYPE);
        boolean shape = chunks >= 1
                && chunkSize >= 1
                && cohort >= 0
                && senderSeq >= 1
                && (senderSeq == 1) == previous.isEmpty()
                && chunks == Math.max(1, (plainLength + chunkSize - 1) / chunkSize)
                && plainLength >= 0;
        if (!shape) {
            throw new RejectedException(ErrorCode.MALFORMED, "message out of shape");
        }
    }

    /** Octets of the sealed chunk {@code index}. */
    public int sealedSize(int index) {
        long plain = index < chunks - 1 ? chunkSize : plainLength - (long) chunkSize * (chunks - 1);
        return (int) plain + CHUNK_OVERHEAD;
    }

    /** Octets of all sealed chunks. */
    public long sealedLength() {
        return plainLength + (long) CHUNK_OVERHEAD * chunks;
    }
}
