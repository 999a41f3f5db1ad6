// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.pre;

import java.util.Optional;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.CryptoBugException;

/**
 * Turns headers of one cohort from one epoch to another: the quotient of the two scalars.
 *
 * <p>Guarantees: applying composed tokens gives what applying them in turn gives; {@link #inverse} undoes. A header costs
 * one X25519 multiplication however many epochs it crosses.
 *
 * <p>A secret shared by members and server: with one of the two scalars it gives the other. Safe for many threads.
 */
public final class ReEncryptionToken implements AutoCloseable {

    /** Length in bytes. */
    public static final int SIZE = Scalars.SIZE;

    private final SecretBytes quotient;
    private final SecretBytes representative;

    private ReEncryptionToken(SecretBytes quotient, SecretBytes representative) {
        this.quotient = quotient;
        this.representative = representative;
    }

    /** Takes the scalar over. Every quotient of two scalars has a representative but for one in 2^125. */
    static ReEncryptionToken take(SecretBytes quotient) {
        return of(quotient).orElseThrow(() -> new CryptoBugException(new ArithmeticException("token")));
    }

    /**
     * A token that somebody sent; copied.
     *
     * @throws AuthenticationFailedException unless it is at least 1, below the order, and has a representative (F12)
     */
    public static ReEncryptionToken received(SecretBytes bytes) {
        if (bytes.size() != SIZE) {
            throw new AuthenticationFailedException();
        }
        return of(bytes.duplicate()).orElseThrow(AuthenticationFailedException::new);
    }

    private static Optional<ReEncryptionToken> of(SecretBytes quotient) {
        Optional<SecretBytes> representative = quotient.use(Scalars::representative);
        if (representative.isEmpty()) {
            quotient.close();
        }
        return representative.map(r -> new ReEncryptionToken(quotient, r));
    }

    /** The header at the later epoch. One multiplication; result independent of how often it was turned before. */
    public GroupPoint apply(GroupPoint header) {
        return header.times(representative);
    }

    /**
     * Whether it leads from one epoch's public point to another's. Says that headers will open under the scalar of
     * {@code to}, and nothing about who knows that scalar: {@code to} needs confirmations of its own (protocol note F12).
     */
    public boolean leads(GroupPoint from, GroupPoint to) {
        return apply(from).equals(to);
    }

    /** This, then {@code next}. */
    public ReEncryptionToken then(ReEncryptionToken next) {
        return take(Scalars.product(quotient, next.quotient));
    }

    /** Back again. */
    public ReEncryptionToken inverse() {
        return take(Scalars.inverse(quotient));
    }

    /** A copy of the scalar, for sending or for storing it sealed; the caller closes it. */
    public SecretBytes expose() {
        return quotient.duplicate();
    }

    /** For a member's submission, whose signed bytes carry it. */
    public Octets exposeOctets() {
        return quotient.use(Octets::of);
    }

    @Override
    public void close() {
        quotient.close();
        representative.close();
    }

    /** Without the scalar. */
    @Override
    public String toString() {
        return "ReEncryptionToken";
    }
}
