// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.messagestore.MessageMeta;
import org.sekisho.crypto.Aead;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.pre.EpochScalar;
import org.sekisho.crypto.pre.GroupPoint;
import org.sekisho.crypto.pre.ReEncryptionToken;
import org.sekisho.crypto.pre.StoredSeal;
import org.sekisho.crypto.schedule.PreRoot;

/** Turning a header against one bare multiplication, and sealing a body against bare AES-GCM, with and without the hash it needs. */
final class MessageStoreBench implements Benchmark {

    private static final int CHUNKS = 16;

    private final SystemEntropy entropy = new SystemEntropy();
    private final GroupId group = new GroupId(Octets.of(new byte[16]));

    @Override
    public String name() {
        return "message-store";
    }

    @Override
    public List<Figure> run() throws Exception {
        EpochScalar one = scalar();
        EpochScalar two = scalar();
        ReEncryptionToken token = one.tokenTo(two);
        GroupPoint[] header = {one.encapsulate(Octets.EMPTY, entropy).header()};
        byte[] k = entropy.next(32);
        byte[] u = header[0].bytes().toByteArray();
        Figure turn = new Sampler(21, 200)
                .compare(
                        "messagestore.turn_header",
                        () -> header[0] = token.apply(header[0]),
                        "one X25519 multiplication of the same provider",
                        () -> {
                            X25519.scalarMult(k, 0, u, 0, u, 0);
                            return u;
                        });
        byte[] chunk = new byte[MessageMeta.CHUNK];
        Octets nonce = Octets.of(new byte[12]);
        try (SecretBytes key = SecretBytes.take(entropy.next(32));
                SigningKey author = SigningKey.generate(entropy)) {
            Sampler.Task seal = () -> seal(one, author, chunk);
            Figure bare = new Sampler(15, 10)
                    .compare("messagestore.seal_1MiB", seal, "AES-256-GCM of the same chunks", () -> {
                        for (int i = 0; i < CHUNKS; i++) {
                            Aead.AES_256_GCM.seal(key, nonce, nonce, chunk);
                        }
                        return chunk;
                    });
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            Figure hashed = new Sampler(15, 10)
                    .compare("messagestore.seal_1MiB", seal, "AES-256-GCM and SHA-256 of the same chunks", () -> {
                        for (int i = 0; i < CHUNKS; i++) {
                            sha.update(Aead.AES_256_GCM.seal(key, nonce, nonce, chunk));
                        }
                        return sha.digest();
                    });
            return List.of(turn, bare, hashed);
        }
    }

    private StoredSeal.Signed seal(EpochScalar scalar, SigningKey author, byte[] chunk) {
        Hash hash = new Hash(Octets.of(new byte[32]));
        try (StoredSeal seal = new StoredSeal(
                new StoredSeal.Origin(group, 1, hash, hash),
                new StoredSeal.Turn(new LeafId(Octets.of(new byte[32])), 1, Optional.empty()),
                new StoredSeal.Body(Instant.EPOCH, "application/octet-stream", (long) CHUNKS * chunk.length),
                scalar,
                entropy)) {
            for (int i = 0; i < CHUNKS; i++) {
                seal.chunk(chunk, chunk.length);
            }
            return seal.finish(author);
        }
    }

    private EpochScalar scalar() {
        return EpochScalar.derive(new PreRoot(SecretBytes.take(entropy.next(32))), group, 1, Optional.empty());
    }
}
