// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.engine;

import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.HmacSha256;
import org.sekisho.crypto.Kdf;
import org.sekisho.crypto.store.Place;
import org.sekisho.crypto.store.StoreSealer;

/** Seals state under keys derived from the store key. Safe for many threads; close it to erase them. */
public final class KeyedStateSealer implements StateSealer, AutoCloseable {

    private static final String TABLE = "state";

    private final StoreSealer sealer;
    private final SecretBytes macKey;

    /** Derives its own keys; {@code storeKey} (32 octets) stays the caller's. */
    public KeyedStateSealer(SecretBytes storeKey, Entropy entropy) {
        this.sealer = new StoreSealer(storeKey, entropy);
        this.macKey = Kdf.derive(storeKey, "state mac", 32);
    }

    @Override
    public Octets seal(Octets context, Octets plain) {
        return sealer.seal(place(context), plain);
    }

    @Override
    public Octets open(Octets context, Octets sealed) {
        try {
            return sealer.open(place(context), sealed);
        } catch (AuthenticationFailedException e) {
            throw new StateCorruptException("stored state does not open");
        }
    }

    private static Place place(Octets context) {
        return new Place(TABLE, Octets.EMPTY, context, 0);
    }

    @Override
    public Octets mac(Octets bytes) {
        return HmacSha256.tag(macKey, bytes);
    }

    @Override
    public void close() {
        sealer.close();
        macKey.close();
    }
}
