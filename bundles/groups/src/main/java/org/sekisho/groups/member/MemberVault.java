// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.store.RowStore;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.store.Place;
import org.sekisho.crypto.store.ShredKeys;
import org.sekisho.crypto.store.StoreSealer;
import org.sekisho.groups.engine.KeyedStateSealer;
import org.sekisho.groups.engine.StateCorruptException;
import org.sekisho.groups.engine.StateSealer;

/**
 * Where one leaf keeps its groups: rows, the key that seals them, and one erasable key per epoch. Safe for many threads.
 */
public final class MemberVault implements AutoCloseable {

    private final RowStore rows;
    private final StoreSealer sealer;
    private final KeyedStateSealer states;
    private final ShredKeys epochKeys;

    /** {@code storeKey} is copied; whoever made the row store closes it. */
    public MemberVault(RowStore rows, SecretBytes storeKey, ShredKeys epochKeys, Entropy entropy) {
        this.rows = rows;
        this.sealer = new StoreSealer(storeKey, entropy);
        this.states = new KeyedStateSealer(storeKey, entropy);
        this.epochKeys = epochKeys;
    }

    RowStore rows() {
        return rows;
    }

    Octets seal(String kind, Octets scope, Octets key, Octets content) {
        return sealer.seal(new Place(kind, scope, key, 0), content);
    }

    /** Throws {@link StateCorruptException} when it was not sealed for this place. */
    Octets open(String kind, Octets scope, Octets key, Octets sealed) {
        try {
            return sealer.open(new Place(kind, scope, key, 0), sealed);
        } catch (AuthenticationFailedException e) {
            throw new StateCorruptException("stored " + kind + " does not open");
        }
    }

    /** A sealer whose rows are lost when {@link #shred} is called with the same id. The key is made when absent. */
    StoreSealer erasable(Octets id) {
        try (SecretBytes key = epochKeys.create(id)) {
            return sealer.with(key);
        } catch (IOException e) {
            // a full or failing disk is nobody's fault here: the same as a store that does not answer
            throw new UnavailableException(ErrorCode.STORAGE_UNAVAILABLE, "the files of epoch keys");
        }
    }

    /** Makes all that was sealed for {@code id} unreadable. Idempotent. */
    void shred(Octets id) {
        try {
            epochKeys.shred(id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ShredKeys epochKeys() {
        return epochKeys;
    }

    /** Seals the state of scheme instances. */
    StateSealer states() {
        return states;
    }

    /** Erases the keys held in memory. */
    @Override
    public void close() {
        sealer.close();
        states.close();
    }
}
