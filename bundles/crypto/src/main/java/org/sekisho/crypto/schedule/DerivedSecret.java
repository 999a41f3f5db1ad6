// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.schedule;

import org.sekisho.api.SecretBytes;

/** A secret of 32 bytes with one purpose, which is its type. Shows its length only; closing it erases it. */
public sealed interface DerivedSecret extends AutoCloseable
        permits SchemeSecret,
                EpochSecret,
                ConfirmKey,
                ExporterSecret,
                PreRoot,
                SseRoot,
                SenderRoot,
                AuthRoot,
                ReinitRoot,
                SenderKey {

    /** Length in bytes. */
    int SIZE = 32;

    /** The bytes, owned by this object. */
    SecretBytes bytes();

    @Override
    default void close() {
        bytes().close();
    }

    /** Requires the length, of a constructor's argument. */
    static SecretBytes requireSize(SecretBytes bytes) {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("a derived secret has " + SIZE + " bytes");
        }
        return bytes;
    }
}
