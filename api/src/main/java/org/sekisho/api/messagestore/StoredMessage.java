// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.messagestore;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;

/**
 * A message as the store has it.
 *
 * @param n position in the group's store, from 1
 * @param hash of meta and body, by which the sender's next message refers to it
 * @param content empty when the message was deleted
 * @param at when the gateway took it; not authenticated
 */
public record StoredMessage(long n, MessageId message, Hash hash, Optional<Content> content, Instant at) {

    /**
     * What is there unless it was deleted.
     *
     * @param meta the encoded {@link MessageMeta}
     * @param signature the author's
     * @param hashes of every sealed chunk
     * @param headerEpoch the epoch under whose key {@code header} is: at most the one asked for
     * @param header as of that epoch
     * @param chunks all chunks, when they are few and small; else none
     */
    public record Content(
            Octets meta, Octets signature, List<Hash> hashes, long headerEpoch, Octets header, List<Octets> chunks) {

        public Content {
            hashes = List.copyOf(hashes);
            chunks = List.copyOf(chunks);
        }
    }
}
