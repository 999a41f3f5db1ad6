// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.schedule;

import org.sekisho.api.SecretBytes;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;

/**
 * The secrets that live traffic of an epoch needs. The host erases them when the next epoch is active and its late
 * window has passed (protocol note F20).
 */
public record LiveSecrets(
        ConfirmKey confirm, ExporterSecret exporter, SenderRoot sender, AuthRoot auth, ReinitRoot reinit)
        implements AutoCloseable {

    private static final int VERSION = 1;

    /** The encoding, for storing it sealed; the caller closes it. */
    public SecretBytes encode() {
        var writer = new CborWriter().array(6).integer(VERSION);
        EpochSecrets.write(writer, confirm, exporter, sender, auth, reinit);
        return SecretBytes.take(writer.toByteArray());
    }

    /** Reads what {@link #encode} wrote. */
    public static LiveSecrets decode(SecretBytes encoded) {
        return encoded.use(bytes -> {
            var reader = new CborReader(bytes);
            reader.struct(VERSION, 6);
            var secrets = new LiveSecrets(
                    new ConfirmKey(EpochSecrets.read(reader)),
                    new ExporterSecret(EpochSecrets.read(reader)),
                    new SenderRoot(EpochSecrets.read(reader)),
                    new AuthRoot(EpochSecrets.read(reader)),
                    new ReinitRoot(EpochSecrets.read(reader)));
            reader.end();
            return secrets;
        });
    }

    @Override
    public void close() {
        confirm.close();
        exporter.close();
        sender.close();
        auth.close();
        reinit.close();
    }
}
