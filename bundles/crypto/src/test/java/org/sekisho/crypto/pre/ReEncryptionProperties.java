// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.pre;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.schedule.ExporterSecret;
import org.sekisho.crypto.schedule.PreRoot;

/** What holds for every scalar, header and chain; {@code -Dsekisho.seed=N} repeats a run. */
class ReEncryptionProperties {

    private static final GroupId GROUP = GroupId.of(new byte[16]);
    private static final Octets MESSAGE = Octets.of(new byte[16]);
    private static final long SEED = Long.getLong("sekisho.seed", new SplittableRandom().nextLong());

    private final SplittableRandom random = new SplittableRandom(SEED);

    /** pre_roundtrip_after_0_1_2_50_epochs */
    @Test
    void opens_the_same_after_0_1_2_50_epochs() {
        for (int round = 0; round < ScalarFieldProperties.SCALARS / 250; round++) {
            EpochScalar first = scalar();
            EpochScalar.Encapsulated sent = first.encapsulate(MESSAGE, new SystemEntropy());
            Hash commitment = sent.point().commitment(GROUP, MESSAGE, 1);
            EpochScalar at = first;
            GroupPoint header = sent.header();
            assertThat(opened(at, header)).isEqualTo(commitment);
            for (int epoch = 1; epoch <= 50; epoch++) {
                EpochScalar next = scalar();
                header = at.tokenTo(next).apply(header);
                at = next;
                if (epoch <= 2 || epoch == 50) {
                    assertThat(opened(at, header))
                            .as("seed %d, epoch %d", SEED, epoch)
                            .isEqualTo(commitment);
                    assertThat(opened(first, header)).isNotEqualTo(commitment);
                }
            }
            assertThat(first.tokenTo(at).apply(sent.header())).isEqualTo(header);
        }
    }

    /** pre_composed_token_equals_sequential, pre_undo_restores_headers */
    @Test
    void composed_is_sequential_and_undo_restores() {
        for (int round = 0; round < ScalarFieldProperties.SCALARS / 50; round++) {
            List<EpochScalar> epochs = List.of(scalar(), scalar(), scalar());
            ReEncryptionToken one = epochs.get(0).tokenTo(epochs.get(1));
            ReEncryptionToken two = epochs.get(1).tokenTo(epochs.get(2));
            GroupPoint header =
                    epochs.get(0).encapsulate(MESSAGE, new SystemEntropy()).header();

            ReEncryptionToken both = one.then(two);
            assertThat(both.apply(header)).as("seed %d", SEED).isEqualTo(two.apply(one.apply(header)));
            assertThat(both.inverse().apply(both.apply(header))).isEqualTo(header);
            assertThat(both.leads(epochs.get(0).point(), epochs.get(2).point())).isTrue();
            assertThat(both.leads(epochs.get(0).point(), epochs.get(1).point())).isFalse();
        }
    }

    /** pre_jdk_and_bc_agree */
    @Test
    void the_jdk_computes_the_same_bytes() throws GeneralSecurityException {
        for (int round = 0; round < ScalarFieldProperties.SCALARS / 10; round++) {
            EpochScalar from = scalar();
            ReEncryptionToken token = from.tokenTo(scalar());
            GroupPoint header = from.encapsulate(MESSAGE, new SystemEntropy()).header();
            SecretBytes rep = token.expose().use(Scalars::representative).orElseThrow();

            assertThat(token.apply(header).bytes())
                    .as("seed %d", SEED)
                    .isEqualTo(Octets.of(jdk(rep.expose(), header.bytes().toByteArray())));
        }
    }

    @Test
    void what_members_make_is_of_the_subgroup() {
        for (int round = 0; round < 200; round++) {
            EpochScalar s = scalar();
            assertThat(GroupPoint.received(s.point().bytes())).isEqualTo(s.point());
            Octets header = s.encapsulate(MESSAGE, new SystemEntropy()).header().bytes();
            assertThat(GroupPoint.received(header).bytes()).isEqualTo(header);
        }
    }

    /** pre_ex_member_with_tokens_cannot_open_new_cohort: in scalars. */
    @Test
    void tokens_of_a_cohort_say_nothing_of_another() {
        List<PreRoot> roots = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            roots.add(root());
        }
        EpochScalar held = EpochScalar.derive(roots.get(0), GROUP, 1, Optional.empty());
        EpochScalar later = EpochScalar.derive(roots.get(3), GROUP, 1, Optional.empty());
        EpochScalar other = EpochScalar.derive(roots.get(3), GROUP, 2, Optional.empty());
        Hash commitment;
        GroupPoint header;
        try (SharedPoint point = other.encapsulate(MESSAGE, new SystemEntropy()).point()) {
            commitment = point.commitment(GROUP, MESSAGE, 2);
            header = other.encapsulate(MESSAGE, new SystemEntropy()).header();
        }
        ReEncryptionToken back = later.tokenTo(held);
        assertThat(opened(held, back.apply(header))).isNotEqualTo(commitment);
        assertThat(opened(later, header)).isNotEqualTo(commitment);
    }

    @Test
    void the_join_secret_separates() {
        PreRoot root = root();
        byte[] exporter = new byte[32];
        random.nextBytes(exporter);
        JoinSecret join = JoinSecret.derive(new ExporterSecret(SecretBytes.take(exporter)), 3);
        GroupPoint with = EpochScalar.derive(root, GROUP, 3, Optional.of(join)).point();
        assertThat(with)
                .isNotEqualTo(
                        EpochScalar.derive(root, GROUP, 3, Optional.empty()).point());
        assertThat(with)
                .isEqualTo(EpochScalar.derive(root, GROUP, 3, Optional.of(JoinSecret.of(join.expose())))
                        .point());
    }

    /** Hedged: the same randomness twice does not give two messages one key. */
    @Test
    void a_repeating_generator_does_not_repeat_headers() {
        EpochScalar s = scalar();
        GroupPoint one = s.encapsulate(Octets.utf8("one"), target -> {}).header();
        GroupPoint two = s.encapsulate(Octets.utf8("two"), target -> {}).header();
        GroupPoint elsewhere =
                scalar().encapsulate(Octets.utf8("one"), target -> {}).header();
        assertThat(one).isNotEqualTo(two).isNotEqualTo(elsewhere);
    }

    private static Hash opened(EpochScalar scalar, GroupPoint header) {
        try (SharedPoint point = scalar.open(header)) {
            return point.commitment(GROUP, MESSAGE, 1);
        }
    }

    private EpochScalar scalar() {
        return EpochScalar.derive(root(), GROUP, 1, Optional.empty());
    }

    private PreRoot root() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return new PreRoot(SecretBytes.take(bytes));
    }

    private static byte[] jdk(byte[] scalar, byte[] u) throws GeneralSecurityException {
        KeyFactory keys = KeyFactory.getInstance("X25519");
        BigInteger coordinate = ScalarFieldProperties.integer(u);
        PublicKey point = keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, coordinate));
        PrivateKey key = keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar));
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(key);
        agreement.doPhase(point, true);
        return agreement.generateSecret();
    }
}
