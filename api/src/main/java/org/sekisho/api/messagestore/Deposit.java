// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.messagestore;

import java.util.List;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Limit;

/**
 * A message to store.
 *
 * @param meta the encoded {@link MessageMeta}
 * @param signature the author's, over meta and body
 * @param hashes of every sealed chunk, in order
 * @param epoch the epoch under whose key the header is
 * @param header 32 octets
 * @param chunks the first sealed chunks; those that are not here were uploaded before
 */
public record Deposit(
        Octets meta, Octets signature, List<Hash> hashes, long epoch, Octets header, List<Octets> chunks) {

    /** Most chunks that travel with a deposit; longer messages upload their chunks first. */
    public static final int MAX_INLINE = 8;

    public Deposit {
        hashes = List.copyOf(hashes);
        chunks = List.copyOf(chunks);
        Limit.atMost("hashes", hashes.size(), MessageMeta.MAX_CHUNKS);
        Limit.atMost("chunks in a deposit", chunks.size(), MAX_INLINE);
    }
}
