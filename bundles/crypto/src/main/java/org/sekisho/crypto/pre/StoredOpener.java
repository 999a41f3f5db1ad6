// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.pre;

import java.util.List;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.messagestore.MessageMeta;
import org.sekisho.api.messagestore.StoredMessage;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.store.MetaCodec;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.ConstantTime;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.VerifyingKey;

/**
 * Opens one stored message. Made only of a message whose author's signature holds and whose header opens to the committed key;
 * then gives chunk after chunk, each checked against the signed list before it is decrypted.
 *
 * <p>One thread; one message.
 */
public final class StoredOpener implements AutoCloseable {

    private final MessageMeta meta;
    private final Hash metaHash;
    private final List<Hash> hashes;
    private final BodyKey key;
    private int next;

    private StoredOpener(MessageMeta meta, Hash metaHash, List<Hash> hashes, BodyKey key) {
        this.meta = meta;
        this.metaHash = metaHash;
        this.hashes = hashes;
        this.key = key;
    }

    /** Whether a header opens to the key a message was sealed with; the check that says HEADER_CORRUPT and nothing else. */
    public static boolean opens(MessageMeta meta, EpochScalar scalar, Octets header) {
        try (SharedPoint point = scalar.open(GroupPoint.received(header))) {
            return commits(meta, point);
        } catch (AuthenticationFailedException e) {
            return false;
        }
    }

    /** The hash by which the author's next message refers to this one. */
    public static Hash hash(StoredMessage.Content content) {
        return Sha256.hashArray("pre message", Sha256.hash(content.meta()), ChunkHash.body(content.hashes()));
    }

    /** Whether the author signed meta and body. */
    public static boolean signed(StoredMessage.Content content, VerifyingKey author) {
        Octets bytes = Cbor.encode(Sha256.hash(content.meta()), ChunkHash.body(content.hashes()));
        return author.verify(StoredSeal.SIGNATURE, bytes, content.signature());
    }

    /**
     * Begins to read.
     *
     * @throws AuthenticationFailedException unless {@link #signed} and {@link #opens}
     */
    public static StoredOpener open(StoredMessage.Content content, VerifyingKey author, EpochScalar scalar) {
        MessageMeta meta = MetaCodec.decode(content.meta());
        if (content.hashes().size() != meta.chunks() || !signed(content, author)) {
            throw new AuthenticationFailedException();
        }
        try (SharedPoint point = scalar.open(GroupPoint.received(content.header()))) {
            if (!commits(meta, point)) {
                throw new AuthenticationFailedException();
            }
            return new StoredOpener(
                    meta,
                    Sha256.hash(content.meta()),
                    content.hashes(),
                    point.bodyKey(meta.group(), meta.message().value(), meta.cohort()));
        }
    }

    private static boolean commits(MessageMeta meta, SharedPoint point) {
        Hash commitment = point.commitment(meta.group(), meta.message().value(), meta.cohort());
        return ConstantTime.equal(commitment.value(), meta.commitment().value());
    }

    public MessageMeta meta() {
        return meta;
    }

    /** Opens the next chunk, in order. */
    public byte[] chunk(Octets sealed) {
        int index = next;
        byte[] bytes = sealed.toByteArray();
        boolean last = index == meta.chunks() - 1;
        if (index >= meta.chunks()
                || bytes.length != meta.sealedSize(index)
                || !ChunkHash.of(index, last, bytes).equals(hashes.get(index))) {
            throw new AuthenticationFailedException();
        }
        next++;
        return key.open(metaHash, index, last, bytes);
    }

    @Override
    public void close() {
        key.close();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "StoredOpener[" + meta.message() + "]";
    }
}
