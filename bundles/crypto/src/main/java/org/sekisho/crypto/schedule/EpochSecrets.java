// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.schedule;

import org.sekisho.api.SecretBytes;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;
import org.sekisho.codec.MalformedException;

/** Everything that is derived for an epoch, in two halves that are kept for different times. */
public record EpochSecrets(LiveSecrets live, StoreSecrets store) implements AutoCloseable {

    @Override
    public void close() {
        live.close();
        store.close();
    }

    static void write(CborWriter writer, DerivedSecret... secrets) {
        for (DerivedSecret secret : secrets) {
            secret.bytes().use(writer::bytes);
        }
    }

    static SecretBytes read(CborReader reader) {
        byte[] bytes = reader.bytes(DerivedSecret.SIZE);
        if (bytes.length != DerivedSecret.SIZE) {
            throw new MalformedException("secret of the wrong length", 0);
        }
        return SecretBytes.take(bytes);
    }
}
