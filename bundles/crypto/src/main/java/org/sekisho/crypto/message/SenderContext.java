// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.message;

import java.util.Arrays;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.Aead;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.schedule.KeySchedule;
import org.sekisho.crypto.schedule.SenderKey;
import org.sekisho.crypto.schedule.SenderRoot;

/**
 * Seals what one leaf sends in one epoch, for as long as this object lives.
 *
 * <p>Guarantees: no nonce is used twice with one key. The incarnation is drawn when the object is made, and with the
 * sequence number exists in memory only: there is no way to store, copy or restore either, so a restart, a bundle swap
 * or a new epoch always begins a new incarnation, and with it a new key (protocol note F22). Does not guarantee that
 * against a snapshot of a running virtual machine that is resumed twice.
 *
 * <p>Threads: safe; sealing is serialised. Receivers accept at most {@link MessageWindow#MAX_INCARNATIONS}
 * incarnations of a leaf per epoch, so make one object per epoch and keep it.
 */
public final class SenderContext implements AutoCloseable {

    private final MessageScope scope;
    private final LeafId leaf;
    private final MessageSigner signer;
    private final Aead aead;
    private final Octets incarnation;
    private final SenderKey key;
    private long nextSeq;

    /** Begins a new incarnation. {@code root} stays the caller's. */
    public SenderContext(
            MessageScope scope, LeafId leaf, SenderRoot root, MessageSigner signer, Aead aead, Entropy entropy) {
        this(scope, leaf, root, signer, aead, entropy, 0);
    }

    SenderContext(
            MessageScope scope,
            LeafId leaf,
            SenderRoot root,
            MessageSigner signer,
            Aead aead,
            Entropy entropy,
            long firstSeq) {
        this.scope = scope;
        this.leaf = leaf;
        this.signer = signer;
        this.aead = aead;
        this.incarnation = Octets.of(entropy.next(MessageFrame.INCARNATION_SIZE));
        this.key = KeySchedule.senderKey(root, leaf, incarnation);
        this.nextSeq = firstSeq;
    }

    /** The epoch this object seals for. */
    public MessageScope scope() {
        return scope;
    }

    /**
     * Seals one message into an encoded {@link MessageFrame}.
     *
     * @throws IllegalArgumentException beyond {@link MessageSeal#MAX_PLAINTEXT} or {@link MessageFrame#MAX_CONTENT_TYPE}
     * @throws IllegalStateException when closed, or after 2^32 messages: make a new object
     */
    public synchronized Octets seal(String contentType, byte[] plaintext) {
        requireSizes(contentType, plaintext);
        if (nextSeq > MessageFrame.MAX_SEQ) {
            throw new IllegalStateException("sequence numbers are used up");
        }
        long seq = nextSeq++;
        Octets associatedData = MessageSeal.associatedData(scope, leaf, incarnation, seq, contentType);
        Octets signature = signer.sign(MessageSeal.LABEL, MessageSeal.toSign(associatedData, plaintext));
        byte[] signed = Arrays.copyOf(plaintext, plaintext.length + SigningKey.SIGNATURE_SIZE);
        System.arraycopy(signature.toByteArray(), 0, signed, plaintext.length, SigningKey.SIGNATURE_SIZE);
        try {
            byte[] sealed = aead.seal(key.bytes(), MessageSeal.nonce(seq), associatedData, signed);
            return new MessageFrame(
                            scope.epoch(),
                            MessageFrame.prefix(scope),
                            leaf,
                            incarnation,
                            seq,
                            contentType,
                            Octets.of(sealed))
                    .encode();
        } finally {
            Arrays.fill(signed, (byte) 0);
        }
    }

    private static void requireSizes(String contentType, byte[] plaintext) {
        if (plaintext.length > MessageSeal.MAX_PLAINTEXT) {
            throw new IllegalArgumentException("message of more than " + MessageSeal.MAX_PLAINTEXT + " bytes");
        }
        if (Octets.utf8(contentType).size() > MessageFrame.MAX_CONTENT_TYPE) {
            throw new IllegalArgumentException("content type of more than " + MessageFrame.MAX_CONTENT_TYPE + " bytes");
        }
    }

    /** Erases the key; nothing can be sealed any more. */
    @Override
    public synchronized void close() {
        key.close();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "SenderContext[" + leaf + ", epoch " + scope.epoch() + "]";
    }
}
