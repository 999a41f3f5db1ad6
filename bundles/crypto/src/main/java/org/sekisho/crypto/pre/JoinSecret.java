// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.pre;

import org.sekisho.api.SecretBytes;
import org.sekisho.codec.Cbor;
import org.sekisho.crypto.schedule.ExporterSecret;
import org.sekisho.crypto.schedule.KeySchedule;

/**
 * Who was there: under the history policy FROM_JOIN a cohort opens only with the secret of its first epoch, which a
 * newcomer has when somebody entitled grants it. Safe for many threads.
 */
public final class JoinSecret implements AutoCloseable {

    /** Length in bytes. */
    public static final int SIZE = 32;

    private final SecretBytes bytes;

    private JoinSecret(SecretBytes bytes) {
        this.bytes = bytes;
    }

    /** {@code KDF(exporter, "int/pre join", [cohort], 32)} of the cohort's first epoch. */
    public static JoinSecret derive(ExporterSecret exporter, long cohort) {
        return new JoinSecret(KeySchedule.internal(exporter, "pre join", Cbor.encode(cohort), SIZE));
    }

    /** One that was kept or granted; copied. */
    public static JoinSecret of(SecretBytes bytes) {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("a join secret has " + SIZE + " bytes");
        }
        return new JoinSecret(bytes.duplicate());
    }

    /** A copy, for keeping or granting it sealed; the caller closes it. */
    public SecretBytes expose() {
        return bytes.duplicate();
    }

    @Override
    public void close() {
        bytes.close();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "JoinSecret";
    }
}
