// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A secret of fixed length: a key, or an input to one.
 *
 * <p>Guarantees: the bytes never appear in {@link #toString()}, comparison takes a time that depends on the lengths
 * only, {@link #close()} overwrites the bytes, and every use after that throws {@link IllegalStateException}.
 *
 * <p>Does not guarantee: that no other copy exists. The collector may have moved the array before it was overwritten,
 * and the memory may have been paged out; erasure is best effort.
 *
 * <p>Threads: safe for concurrent use. A {@link #use} that has begun finishes with the bytes it was given.
 */
public final class SecretBytes implements AutoCloseable {

    /** Longest secret accepted, in bytes. Secrets are keys and small sealed documents, never message bodies. */
    public static final int MAX_SIZE = 1 << 20;

    private final byte[] bytes;
    private boolean closed;

    private SecretBytes(byte[] owned) {
        if (owned.length > MAX_SIZE) {
            Arrays.fill(owned, (byte) 0);
            throw new IllegalArgumentException("secret longer than " + MAX_SIZE + " bytes");
        }
        this.bytes = owned;
    }

    /** A secret holding a copy of {@code source}; the caller still owns, and should erase, the original. */
    public static SecretBytes copyOf(byte[] source) {
        return new SecretBytes(source.clone());
    }

    /** A secret that takes over {@code owned}: the caller must neither read nor write the array afterwards. */
    public static SecretBytes take(byte[] owned) {
        return new SecretBytes(owned);
    }

    /** The length in bytes, also after {@link #close()}. */
    public int size() {
        return bytes.length;
    }

    /** Hands a temporary copy to {@code action} and erases it when the action returns or throws. */
    public <T> T use(Function<? super byte[], ? extends T> action) {
        byte[] copy = expose();
        try {
            return action.apply(copy);
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    /**
     * A copy of the bytes that the caller must erase.
     *
     * <p>The name is meant to be searched for: every call site is a place where a secret leaves its keeper. Prefer
     * {@link #use}.
     */
    public byte[] expose() {
        synchronized (bytes) {
            if (closed) {
                throw new IllegalStateException("secret is closed");
            }
            return bytes.clone();
        }
    }

    /** An independent secret with the same bytes, closed on its own. */
    public SecretBytes duplicate() {
        return new SecretBytes(expose());
    }

    /** Whether {@link #close()} was called. */
    public boolean isClosed() {
        synchronized (bytes) {
            return closed;
        }
    }

    /** Overwrites the bytes. Closing again does nothing. */
    @Override
    public void close() {
        synchronized (bytes) {
            closed = true;
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Compares in time independent of the content. A closed secret equals only itself. */
    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof SecretBytes that) || isClosed() || that.isClosed()) {
            return false;
        }
        return use(mine -> that.use(theirs -> MessageDigest.isEqual(mine, theirs)));
    }

    /** Not offered: a hash of a secret leaks it, and a secret is never a key of a map. */
    @Override
    public int hashCode() {
        throw new UnsupportedOperationException("a secret has no hash code");
    }

    /** The length only. */
    @Override
    public String toString() {
        return "SecretBytes[" + bytes.length + "]";
    }
}
