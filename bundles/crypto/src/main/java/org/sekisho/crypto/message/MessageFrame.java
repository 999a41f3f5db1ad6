// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.message;

import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.MalformedException;

/**
 * A sealed message as it travels:
 * {@code [1, epoch, epochHash16, leafId, incarnation, seq, contentType, sealed]}.
 *
 * <p>Nothing in it is authenticated before it was opened: the epoch and the leaf only tell which keys to try.
 *
 * @param epoch number of the epoch
 * @param epochHashPrefix first 16 bytes of its hash
 * @param leaf who claims to have sent it
 * @param incarnation 16 bytes
 * @param seq less than 2^32
 * @param contentType visible to the carrier
 * @param sealed ciphertext and tag
 */
public record MessageFrame(
        long epoch,
        Octets epochHashPrefix,
        LeafId leaf,
        Octets incarnation,
        long seq,
        String contentType,
        Octets sealed) {

    /** Length of the epoch hash's prefix in bytes. */
    public static final int PREFIX_SIZE = 16;

    /** Length of an incarnation in bytes. */
    public static final int INCARNATION_SIZE = 16;

    /** Most bytes of UTF-8 in a content type. */
    public static final int MAX_CONTENT_TYPE = 128;

    /** Greatest sequence number. */
    public static final long MAX_SEQ = (1L << 32) - 1;

    /** Most bytes in an encoded frame. */
    public static final int MAX_SIZE = 1 << 20;

    private static final int VERSION = 1;

    /** Reads a frame, or throws {@link MalformedException}. */
    public static MessageFrame decode(Octets encoded) {
        if (encoded.size() > MAX_SIZE) {
            throw new MalformedException("longer than allowed", 0);
        }
        var reader = new CborReader(encoded);
        reader.struct(VERSION, 8);
        var frame = new MessageFrame(
                reader.uint(Long.MAX_VALUE),
                reader.octetsOf(PREFIX_SIZE),
                reader.leafId(),
                reader.octetsOf(INCARNATION_SIZE),
                reader.uint(MAX_SEQ),
                reader.text(MAX_CONTENT_TYPE),
                reader.octets(MAX_SIZE));
        reader.end();
        return frame;
    }

    /** The encoding that {@link #decode} reads. */
    public Octets encode() {
        return Cbor.encode(VERSION, epoch, epochHashPrefix, leaf, incarnation, seq, contentType, sealed);
    }

    /** Whether the frame claims to belong to {@code scope}. */
    public boolean claims(MessageScope scope) {
        return epoch == scope.epoch() && epochHashPrefix.equals(prefix(scope));
    }

    static Octets prefix(MessageScope scope) {
        return scope.epochHash().value().slice(0, PREFIX_SIZE);
    }
}
