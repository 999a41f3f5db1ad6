// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.security.SecureRandom;
import org.sekisho.api.scheme.Entropy;

/** Lends an {@link Entropy} to code that wants a {@link SecureRandom}. */
public final class EntropySecureRandom extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final transient Entropy entropy;

    /** Draws everything from {@code entropy}. */
    public EntropySecureRandom(Entropy entropy) {
        super(null, null);
        this.entropy = entropy;
    }

    @Override
    public void nextBytes(byte[] bytes) {
        entropy.fill(bytes);
    }

    @Override
    public byte[] generateSeed(int numBytes) {
        return entropy.next(numBytes);
    }

    /** Ignored: the entropy needs no help. */
    @Override
    public void setSeed(byte[] seed) {}

    /** Ignored: the entropy needs no help. */
    @Override
    public void setSeed(long seed) {}

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException(getClass().getName());
    }
}
