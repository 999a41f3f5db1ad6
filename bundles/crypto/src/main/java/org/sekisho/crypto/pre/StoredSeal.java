// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.pre;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.api.messagestore.MessageMeta;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.store.MetaCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.SigningKey;

/**
 * Seals one message for the store: chunk after chunk, in constant memory, then the signature over all of it.
 *
 * <p>Guarantees: what a reader accepts is what the author sealed, as this author, in this place among the author's messages.
 * One thread; one message.
 */
public final class StoredSeal implements AutoCloseable {

    /** Label of the author's signature. */
    static final String SIGNATURE = "pre msg";

    private final MessageMeta meta;
    private final Octets encoded;
    private final Hash metaHash;
    private final GroupPoint header;
    private final BodyKey key;
    private final List<Hash> hashes = new ArrayList<>();

    /** Where a message belongs: the epoch it is sealed in. */
    public record Origin(GroupId group, long cohort, Hash epochHash, Hash rosterHash) {}

    /** Which of the author's messages it is. */
    public record Turn(LeafId sender, long seq, Optional<Hash> previous) {}

    /** What it is. */
    public record Body(Instant sentAt, String contentType, long plainLength) {}

    /** Begins a message of a length that is known. */
    public StoredSeal(Origin origin, Turn turn, Body body, EpochScalar scalar, Entropy entropy) {
        MessageId id = new MessageId(Octets.of(entropy.next(MessageId.SIZE)));
        int chunks = (int) Math.max(1, (body.plainLength() + MessageMeta.CHUNK - 1) / MessageMeta.CHUNK);
        EpochScalar.Encapsulated sent = scalar.encapsulate(id.value(), entropy);
        try (SharedPoint point = sent.point()) {
            this.header = sent.header();
            this.key = point.bodyKey(origin.group(), id.value(), origin.cohort());
            this.meta = new MessageMeta(
                    origin.group(),
                    id,
                    origin.cohort(),
                    origin.epochHash(),
                    origin.rosterHash(),
                    turn.sender(),
                    turn.seq(),
                    turn.previous(),
                    body.sentAt(),
                    body.contentType(),
                    MessageMeta.CHUNK,
                    chunks,
                    body.plainLength(),
                    point.commitment(origin.group(), id.value(), origin.cohort()));
        }
        this.encoded = MetaCodec.encode(meta);
        this.metaHash = Sha256.hash(encoded);
    }

    public MessageMeta meta() {
        return meta;
    }

    public Octets encodedMeta() {
        return encoded;
    }

    public GroupPoint header() {
        return header;
    }

    /** Seals the next chunk: {@link MessageMeta#CHUNK} octets, the last one what is left. */
    public Octets chunk(byte[] plaintext, int length) {
        int index = hashes.size();
        if (index == meta.chunks() || length + MessageMeta.CHUNK_OVERHEAD != meta.sealedSize(index)) {
            throw new IllegalArgumentException("not the length that was announced");
        }
        boolean last = index == meta.chunks() - 1;
        byte[] sealed = key.seal(metaHash, index, last, plaintext, length);
        hashes.add(ChunkHash.of(index, last, sealed));
        return Octets.of(sealed);
    }

    /** What signs and names the message, after its last chunk. */
    public Signed finish(SigningKey author) {
        if (hashes.size() != meta.chunks()) {
            throw new IllegalStateException("chunks are missing");
        }
        Hash root = ChunkHash.body(hashes);
        return new Signed(
                author.sign(SIGNATURE, Cbor.encode(metaHash, root)),
                List.copyOf(hashes),
                Sha256.hashArray("pre message", metaHash, root));
    }

    /**
     * The end of a message.
     *
     * @param hash of meta and body, to which the author's next message refers
     */
    public record Signed(Octets signature, List<Hash> hashes, Hash hash) {
        public Signed {
            hashes = List.copyOf(hashes);
        }
    }

    @Override
    public void close() {
        key.close();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "StoredSeal[" + meta.message() + "]";
    }
}
