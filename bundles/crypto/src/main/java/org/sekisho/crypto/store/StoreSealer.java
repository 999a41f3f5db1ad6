// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.store;

import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.Aead;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.Kdf;

/**
 * Seals what a database keeps: {@code version(1) || salt(16) || nonce(12) || AES-256-GCM} under
 * {@code KDF(storeKey, "store row", [salt], 32)}, associated data the {@link Place}.
 *
 * <p>Guarantees: a row opens only at its place. Salt and nonce are random, 224 bits together, so the number of rows
 * written under one store key needs no counting.
 *
 * <p>Does not guarantee that a row is the newest of its place: give rows a sequence number and check it.
 *
 * <p>Safe for many threads.
 */
public final class StoreSealer implements AutoCloseable {

    /** Length of a store key in bytes. */
    public static final int KEY_SIZE = 32;

    /** What a sealed row is longer than its content, in bytes. */
    public static final int OVERHEAD = 1 + 16 + Aead.NONCE_SIZE + Aead.TAG_SIZE;

    private static final int VERSION = 1;
    private static final int SALT_SIZE = 16;
    private static final int HEAD_SIZE = 1 + SALT_SIZE + Aead.NONCE_SIZE;

    private final SecretBytes key;
    private final Entropy entropy;

    /** Seals under {@code key}, which is copied. */
    public StoreSealer(SecretBytes key, Entropy entropy) {
        if (key.size() != KEY_SIZE) {
            throw new IllegalArgumentException("a store key has " + KEY_SIZE + " bytes");
        }
        this.key = key.duplicate();
        this.entropy = entropy;
    }

    /**
     * A sealer whose rows need both this store key and {@code shredKey}: once that one is shredded, they are lost even
     * to the holder of the store key and of every backup of the database.
     */
    public StoreSealer with(SecretBytes shredKey) {
        try (SecretBytes both = Kdf.extract(shredKey, key)) {
            return new StoreSealer(both, entropy);
        }
    }

    /** Seals {@code content} for {@code place}. */
    public Octets seal(Place place, Octets content) {
        return seal(place, content.toByteArray());
    }

    /** Seals {@code content} for {@code place}. */
    public Octets seal(Place place, SecretBytes content) {
        return content.use(bytes -> seal(place, bytes));
    }

    private Octets seal(Place place, byte[] content) {
        Octets salt = Octets.of(entropy.next(SALT_SIZE));
        Octets nonce = Octets.of(entropy.next(Aead.NONCE_SIZE));
        try (SecretBytes rowKey = rowKey(salt)) {
            byte[] sealed = Aead.AES_256_GCM.seal(rowKey, nonce, place.associatedData(VERSION), content);
            return Octets.concat(Octets.of((byte) VERSION), salt, nonce, Octets.of(sealed));
        }
    }

    /** Opens a row whose content is public inside this process. */
    public Octets open(Place place, Octets sealed) {
        return Octets.of(openBytes(place, sealed));
    }

    /** Opens a row whose content is a secret. */
    public SecretBytes openSecret(Place place, Octets sealed) {
        return SecretBytes.take(openBytes(place, sealed));
    }

    private byte[] openBytes(Place place, Octets sealed) {
        if (sealed.size() < OVERHEAD || sealed.slice(0, 1).toByteArray()[0] != VERSION) {
            throw new AuthenticationFailedException();
        }
        Octets salt = sealed.slice(1, 1 + SALT_SIZE);
        Octets nonce = sealed.slice(1 + SALT_SIZE, HEAD_SIZE);
        try (SecretBytes rowKey = rowKey(salt)) {
            byte[] body = sealed.slice(HEAD_SIZE, sealed.size()).toByteArray();
            return Aead.AES_256_GCM.open(rowKey, nonce, place.associatedData(VERSION), body);
        }
    }

    private SecretBytes rowKey(Octets salt) {
        return Kdf.derive(key, "store row", Aead.KEY_SIZE, salt);
    }

    @Override
    public void close() {
        key.close();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "StoreSealer";
    }
}
