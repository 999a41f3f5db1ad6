// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Properties;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.scheme.Entropy;

/** The inputs of the frozen vectors, and the vectors. */
public final class Samples {

    private static final Properties FROZEN = load();

    private Samples() {}

    /** A frozen vector. */
    public static Octets frozen(String name) {
        return Octets.ofHex(FROZEN.getProperty(name));
    }

    /** {@code n} bytes counting up from {@code first}. */
    public static byte[] counting(int first, int n) {
        byte[] bytes = new byte[n];
        for (int i = 0; i < n; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    public static Octets octets(int first, int n) {
        return Octets.of(counting(first, n));
    }

    public static SecretBytes secret(int first, int n) {
        return SecretBytes.take(counting(first, n));
    }

    /** Gives the bytes of {@code script} in order and fails when they are used up. */
    public static Entropy scripted(byte[]... script) {
        ByteBuffer all = ByteBuffer.wrap(
                Octets.concat(java.util.Arrays.stream(script).map(Octets::of).toArray(Octets[]::new))
                        .toByteArray());
        return all::get;
    }

    /** {@code bytes} with bit {@code bit % 8} of byte {@code at} turned over. */
    public static Octets flip(Octets bytes, int at, int bit) {
        byte[] changed = bytes.toByteArray();
        changed[at] ^= (byte) (1 << (bit % 8));
        return Octets.of(changed);
    }

    private static Properties load() {
        try (InputStream in = Samples.class.getResourceAsStream("sekisho-v1.properties")) {
            var properties = new Properties();
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
