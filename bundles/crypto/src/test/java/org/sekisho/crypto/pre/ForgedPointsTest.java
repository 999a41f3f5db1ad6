// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.pre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.schedule.PreRoot;

/** Points and tokens as an attacker would send them. */
class ForgedPointsTest {

    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger A = BigInteger.valueOf(486662);

    private final SplittableRandom random = new SplittableRandom(1);

    /** pre_small_order_c1_rejected */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "1",
                "325606250916557431795983626356110631294008115727848805560023387167927233504",
                "39382357235489614581723060781553021112529911719440698176882885853963445705823",
                "57896044618658097711785492504343953926634992332820282019728792003956564819948"
            })
    void small_order_is_refused(String u) {
        refused(new BigInteger(u));
    }

    @Test
    void what_is_not_canonical_is_refused() {
        refused(BigInteger.valueOf(9).add(P));
        refused(BigInteger.valueOf(9).setBit(255));
        refused(P);
        assertThatThrownBy(() -> GroupPoint.received(Octets.of(new byte[31])))
                .isInstanceOf(AuthenticationFailedException.class);
    }

    /** pre_twist_and_mixed_order_c1_rejected */
    @Test
    void twist_and_mixed_order_are_refused_and_the_subgroup_is_not() {
        int twist = 0;
        int mixed = 0;
        for (int i = 0; i < 300; i++) {
            byte[] bytes = new byte[32];
            random.nextBytes(bytes);
            BigInteger u = ScalarFieldProperties.integer(bytes).mod(P);
            if (!onCurve(u)) {
                refused(u);
                twist++;
                continue;
            }
            Octets inSubgroup = projected(u);
            assertThat(GroupPoint.received(inSubgroup).bytes()).isEqualTo(inSubgroup);
            if (!inSubgroup.equals(octets(u))) {
                refused(u);
                mixed++;
            }
        }
        assertThat(twist).isGreaterThan(50);
        assertThat(mixed).isGreaterThan(50);
    }

    /** Why: on the twist a header opens before the next epoch and not after it. */
    @Test
    void on_the_twist_composition_fails() {
        BigInteger u = BigInteger.TWO;
        while (onCurve(u)) {
            u = u.add(BigInteger.ONE);
        }
        GroupPoint header = new GroupPoint(octets(u));
        EpochScalar[] epochs = {scalar(1), scalar(2), scalar(3)};
        ReEncryptionToken one = epochs[0].tokenTo(epochs[1]);
        ReEncryptionToken two = epochs[1].tokenTo(epochs[2]);
        assertThat(two.apply(one.apply(header))).isNotEqualTo(one.then(two).apply(header));
    }

    @Test
    void a_token_out_of_range_is_refused() {
        for (BigInteger value : new BigInteger[] {
            BigInteger.ZERO,
            BigInteger.valueOf(40), // no representative
            ScalarFieldProperties.ORDER,
            ScalarFieldProperties.ORDER.add(BigInteger.TEN),
            BigInteger.TWO.pow(256).subtract(BigInteger.ONE)
        }) {
            SecretBytes sent = SecretBytes.take(ScalarFieldProperties.bytes(value));
            assertThatThrownBy(() -> ReEncryptionToken.received(sent))
                    .isInstanceOf(AuthenticationFailedException.class);
        }
        assertThatThrownBy(() -> ReEncryptionToken.received(SecretBytes.take(new byte[31])))
                .isInstanceOf(AuthenticationFailedException.class);
        ReEncryptionToken good = scalar(1).tokenTo(scalar(2));
        assertThat(ReEncryptionToken.received(good.expose()).expose()).isEqualTo(good.expose());
    }

    private static EpochScalar scalar(int seed) {
        byte[] root = new byte[32];
        root[0] = (byte) seed;
        return EpochScalar.derive(new PreRoot(SecretBytes.take(root)), GroupId.of(new byte[16]), 1, Optional.empty());
    }

    private static void refused(BigInteger u) {
        assertThatThrownBy(() -> GroupPoint.received(octets(u))).isInstanceOf(AuthenticationFailedException.class);
    }

    private static Octets projected(BigInteger u) {
        byte[] one = Scalars.representative(Scalars.small(1)).orElseThrow().expose();
        byte[] result = new byte[32];
        X25519.scalarMult(one, 0, ScalarFieldProperties.bytes(u), 0, result, 0);
        return Octets.of(result);
    }

    private static boolean onCurve(BigInteger u) {
        BigInteger square = u.pow(3).add(A.multiply(u.pow(2))).add(u).mod(P);
        return square.modPow(P.subtract(BigInteger.ONE).shiftRight(1), P).equals(BigInteger.ONE);
    }

    private static Octets octets(BigInteger u) {
        return Octets.of(ScalarFieldProperties.bytes(u));
    }
}
