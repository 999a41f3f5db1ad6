// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.schedule;

import org.sekisho.api.SecretBytes;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;

/**
 * The secrets that stored history of an epoch needs: they outlive {@link LiveSecrets}, until the message store and the
 * index have moved on (protocol note F7).
 */
public record StoreSecrets(PreRoot pre, SseRoot sse) implements AutoCloseable {

    private static final int VERSION = 1;

    /** The encoding, for storing it sealed; the caller closes it. */
    public SecretBytes encode() {
        var writer = new CborWriter().array(3).integer(VERSION);
        EpochSecrets.write(writer, pre, sse);
        return SecretBytes.take(writer.toByteArray());
    }

    /** Reads what {@link #encode} wrote. */
    public static StoreSecrets decode(SecretBytes encoded) {
        return encoded.use(bytes -> {
            var reader = new CborReader(bytes);
            reader.struct(VERSION, 3);
            var secrets =
                    new StoreSecrets(new PreRoot(EpochSecrets.read(reader)), new SseRoot(EpochSecrets.read(reader)));
            reader.end();
            return secrets;
        });
    }

    @Override
    public void close() {
        pre.close();
        sse.close();
    }
}
