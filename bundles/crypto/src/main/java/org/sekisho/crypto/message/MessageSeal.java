// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.message;

import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;
import org.sekisho.crypto.Aead;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.SigningKey;

/**
 * The format of a sealed message (protocol notes 1.4, F8, F22):
 *
 * <pre>
 * aad    = CBOR[1, groupId, epoch, epochHash, leafId, incarnation, seq, contentType]
 * signed = "app": aad || H(plaintext)
 * sealed = AEAD(senderKey, nonce = u32(0) || u64 seq, aad, plaintext || signature)
 * </pre>
 */
public final class MessageSeal {

    /** Label of the sender's signature. */
    static final String LABEL = "app";

    /** Most bytes in a message, so that a frame stays within {@link MessageFrame#MAX_SIZE}. */
    public static final int MAX_PLAINTEXT = MessageFrame.MAX_SIZE - 512;

    /** What {@code sealed} is longer than the plaintext, in bytes. */
    public static final int OVERHEAD = SigningKey.SIGNATURE_SIZE + Aead.TAG_SIZE;

    private static final int VERSION = 1;

    private MessageSeal() {}

    static Octets associatedData(MessageScope scope, LeafId leaf, Octets incarnation, long seq, String contentType) {
        return Cbor.encode(
                VERSION, scope.group(), scope.epoch(), scope.epochHash(), leaf, incarnation, seq, contentType);
    }

    static Octets toSign(Octets associatedData, byte[] plaintext) {
        return Octets.concat(associatedData, Sha256.hash(plaintext).value());
    }

    static Octets nonce(long seq) {
        return Octets.concat(Octets.of(new byte[Aead.NONCE_SIZE - Long.BYTES]), Octets.ofLong(seq));
    }
}
