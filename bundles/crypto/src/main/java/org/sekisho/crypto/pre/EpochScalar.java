// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.pre;

import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.codec.Cbor;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.CryptoBugException;
import org.sekisho.crypto.Kdf;
import org.sekisho.crypto.schedule.PreRoot;

/**
 * The key of one cohort in one epoch.
 *
 * <pre>
 * s = H2S(KDF(pre_root, "pre scalar", [groupId, cohort, J|null, counter], 64))     counter from 0
 * A = s*G                                     header = t*s*G,  shared point = t*G
 * </pre>
 *
 * <p>Guarantees: scalars of different cohorts or epochs are independent; who knows all tokens of a cohort and no scalar of
 * it opens nothing. Does not guarantee secrecy of a cohort from somebody who has one of its scalars and a chain of its
 * tokens to the header's epoch.
 *
 * <p>Safe for many threads.
 */
public final class EpochScalar implements AutoCloseable {

    private static final int WIDE = 64;

    private final SecretBytes scalar;
    private final SecretBytes representative;

    private EpochScalar(SecretBytes scalar) {
        this.scalar = scalar;
        this.representative = representative(scalar);
    }

    /** The scalar of {@code cohort} in the epoch of {@code root}; with the join secret where the policy asks for one. */
    public static EpochScalar derive(PreRoot root, GroupId group, long cohort, Optional<JoinSecret> join) {
        return new EpochScalar(Scalars.first(
                counter -> Kdf.derive(root.bytes(), "pre scalar", context(group, cohort, join, counter), WIDE)));
    }

    private static Octets context(GroupId group, long cohort, Optional<JoinSecret> join, int counter) {
        if (join.isEmpty()) {
            return Cbor.encode(group, cohort, null, counter);
        }
        try (SecretBytes secret = join.get().expose()) {
            return secret.use(j -> Cbor.encode(group, cohort, j, counter));
        }
    }

    /** The public point, by which others see that they derived the same. */
    public GroupPoint point() {
        return new GroupPoint(Octets.of(GroupPoint.ofBase(representative)));
    }

    /** From this epoch to that of {@code later}, which must be of the same cohort. */
    public ReEncryptionToken tokenTo(EpochScalar later) {
        try (SecretBytes inverse = Scalars.inverse(scalar)) {
            return ReEncryptionToken.take(Scalars.product(inverse, later.scalar));
        }
    }

    /**
     * A fresh header and what it opens to. The ephemeral scalar is {@code H2S(KDF(EXT(64 random bytes, s), "pre
     * ephemeral", [context, counter], 64))}: as long as the random bytes or the epoch's scalar are unknown, so is it.
     *
     * @param context what the header is for, by which the same randomness twice still gives two ephemerals
     */
    public Encapsulated encapsulate(Octets context, Entropy entropy) {
        Octets fresh = Octets.of(entropy.next(WIDE));
        try (SecretBytes seed = Kdf.extract(fresh, scalar);
                SecretBytes t = Scalars.first(counter -> Kdf.derive(seed, "pre ephemeral", WIDE, context, counter));
                SecretBytes ts = Scalars.product(t, scalar);
                SecretBytes first = representative(t);
                SecretBytes both = representative(ts)) {
            GroupPoint header = new GroupPoint(Octets.of(GroupPoint.ofBase(both)));
            return new Encapsulated(header, new SharedPoint(SecretBytes.take(GroupPoint.ofBase(first))));
        }
    }

    /**
     * What a header of this cohort and epoch opens to. Any header opens to something: whether it is the right one, the
     * message's key commitment says.
     *
     * @throws AuthenticationFailedException when the result is zero
     */
    public SharedPoint open(GroupPoint header) {
        try (SecretBytes inverse = Scalars.inverse(scalar);
                SecretBytes rep = representative(inverse)) {
            return new SharedPoint(header.secretTimes(rep));
        }
    }

    private static SecretBytes representative(SecretBytes scalar) {
        return scalar.use(Scalars::representative)
                .orElseThrow(() -> new CryptoBugException(new ArithmeticException("scalar")));
    }

    @Override
    public void close() {
        scalar.close();
        representative.close();
    }

    /** Without the scalar. */
    @Override
    public String toString() {
        return "EpochScalar";
    }

    /** A header, which is public, and the point that it hides; the caller closes the point. */
    public record Encapsulated(GroupPoint header, SharedPoint point) {}
}
