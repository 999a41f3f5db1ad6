// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.pre;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.codec.Cbor;
import org.sekisho.crypto.Samples;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.schedule.PreRoot;

/** Answers of the independent Python model; a change of one is a change of the wire format. */
class ReEncryptionVectorsTest {

    private static final Properties FROZEN = load();
    private static final GroupId GROUP = new GroupId(Samples.octets(0x10, 16));
    private static final Octets MESSAGE = Samples.octets(0x20, 16);
    private static final long COHORT = 7;

    @Test
    void scalars_points_and_tokens() {
        for (int e = 0; e < 4; e++) {
            assertThat(scalar(e).point().bytes()).isEqualTo(frozen("point." + e));
        }
        for (int e = 0; e < 3; e++) {
            assertThat(scalar(e).tokenTo(scalar(e + 1)).exposeOctets()).isEqualTo(frozen("token." + e));
        }
        assertThat(scalar(0).tokenTo(scalar(3)).exposeOctets()).isEqualTo(frozen("token.composed"));
        Optional<JoinSecret> join = Optional.of(JoinSecret.of(Samples.secret(0x50, 32)));
        assertThat(EpochScalar.derive(root(0), GROUP, COHORT, join).point().bytes())
                .isEqualTo(frozen("point.joined"));
    }

    @Test
    void headers() {
        EpochScalar.Encapsulated sent = scalar(0).encapsulate(MESSAGE, Samples.scripted(Samples.counting(0x80, 64)));
        assertThat(sent.header().bytes()).isEqualTo(frozen("header.0"));
        GroupPoint header = sent.header();
        for (int e = 0; e < 3; e++) {
            header = received("token." + e).apply(header);
            assertThat(header.bytes()).isEqualTo(frozen("header." + (e + 1)));
        }
        assertThat(received("token.composed").apply(sent.header())).isEqualTo(header);
        assertThat(scalar(3).open(header).commitment(GROUP, MESSAGE, COHORT).value())
                .isEqualTo(frozen("commitment"));
    }

    @Test
    void bodies() {
        Hash meta = Sha256.hash(frozen("meta"));
        BodyKey key = scalar(3).open(new GroupPoint(frozen("header.3"))).bodyKey(GROUP, MESSAGE, COHORT);
        byte[] first = key.seal(meta, 0, false, Samples.counting(0, 64), 64);
        byte[] second = key.seal(meta, 1, true, Octets.utf8("the end").toByteArray(), 7);
        assertThat(Octets.of(first)).isEqualTo(frozen("chunk.0"));
        assertThat(Octets.of(second)).isEqualTo(frozen("chunk.1"));
        Hash root = ChunkHash.body(List.of(ChunkHash.of(0, false, first), ChunkHash.of(1, true, second)));
        assertThat(root.value()).isEqualTo(frozen("bodyRoot"));
        assertThat(Sha256.hashArray("pre message", meta, root).value()).isEqualTo(frozen("hash"));
        assertThat(SigningKey.of(Samples.secret(0x20, 32)).sign("pre msg", Cbor.encode(meta, root)))
                .isEqualTo(frozen("signature"));
    }

    private static EpochScalar scalar(int epoch) {
        return EpochScalar.derive(root(epoch), GROUP, COHORT, Optional.empty());
    }

    private static PreRoot root(int epoch) {
        return new PreRoot(Samples.secret(16 * epoch, 32));
    }

    private static ReEncryptionToken received(String name) {
        return ReEncryptionToken.received(SecretBytes.take(frozen(name).toByteArray()));
    }

    private static Octets frozen(String name) {
        return Octets.ofHex(FROZEN.getProperty(name));
    }

    private static Properties load() {
        try (InputStream in = Samples.class.getResourceAsStream("pre-v1.properties")) {
            var properties = new Properties();
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
