// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import java.util.Arrays;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.scheme.Entropy;

/**
 * Randomness that stays secret when either the device secret or the system's generator leaks, but not both:
 * {@code HMAC-DRBG(seed = EXT(device secret, 64 bytes of system randomness))} (protocol note F17).
 *
 * <p>Use it for everything a protocol draws: secrets, ephemeral keys of HPKE, nonces of key agreement. Mixes in 64
 * fresh bytes every {@value #RESEED_INTERVAL} requests. Safe for many threads.
 */
public final class NaxosRandom implements Entropy, AutoCloseable {

    /** Requests between two mixings-in of fresh system randomness. */
    public static final int RESEED_INTERVAL = 1024;

    private static final int FRESH = 64;

    private final SecretBytes deviceSecret;
    private final Entropy system;
    private final HmacDrbg drbg;
    private int requests;
    private boolean closed;

    /** Mixes {@code deviceSecret} (at least 32 bytes, copied) with the operating system's randomness. */
    public NaxosRandom(SecretBytes deviceSecret) {
        this(deviceSecret, new SystemEntropy());
    }

    /** Mixes {@code deviceSecret} (at least 32 bytes, copied) with {@code system}. */
    public NaxosRandom(SecretBytes deviceSecret, Entropy system) {
        if (deviceSecret.size() < Kdf.MIN_KEY) {
            throw new IllegalArgumentException("a device secret has at least " + Kdf.MIN_KEY + " bytes");
        }
        this.deviceSecret = deviceSecret.duplicate();
        this.system = system;
        byte[] seed = seed();
        this.drbg = new HmacDrbg(seed);
        Arrays.fill(seed, (byte) 0);
    }

    @Override
    public synchronized void fill(byte[] target) {
        if (closed) {
            throw new IllegalStateException("random source is closed");
        }
        if (++requests > RESEED_INTERVAL) {
            byte[] seed = seed();
            drbg.reseed(seed);
            Arrays.fill(seed, (byte) 0);
            requests = 1;
        }
        drbg.fill(target);
    }

    private byte[] seed() {
        byte[] fresh = system.next(FRESH);
        try {
            return deviceSecret.use(salt -> Hkdf.extract(salt, fresh));
        } finally {
            Arrays.fill(fresh, (byte) 0);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        drbg.erase();
        deviceSecret.close();
    }
}
