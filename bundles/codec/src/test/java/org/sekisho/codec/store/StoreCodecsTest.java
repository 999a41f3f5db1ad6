// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.api.messagestore.MessageMeta;
import org.sekisho.api.messagestore.SignedStatement;
import org.sekisho.api.messagestore.Statement;

class StoreCodecsTest {

    /** From the independent model of the message store's cryptography. */
    private static final String FROZEN_META =
            "8f0150101112131415161718191a1b1c1d1e1f50202122232425262728292a2b2c2d2e2f075820afc9b31d9f"
                    + "3f3645ae563606e1ddbe4b0e72b247e3bc9dff6251f5ee8961ae485820c6836f7ad1c4da8a997c009a4b4b12"
                    + "0c237b1993693239e194d6307d9d0b8c3a5820303132333435363738393a3b3c3d3e3f404142434445464748"
                    + "494a4b4c4d4e4f01f61b0000018bcfe568006a746578742f706c61696e18400218475820124249e5cf65a632"
                    + "9cdcef5a1b29246abf506e5246981235bf2c240d03d319b7";

    private static final GroupId GROUP = new GroupId(counting(0x10, 16));
    private static final LeafId LEAF = new LeafId(counting(0x30, 32));
    private static final Octets SIGNATURE = counting(1, 64);

    static Stream<Statement> statements() {
        Octets point = counting(7, 32);
        Hash hash = new Hash(counting(9, 32));
        return Stream.of(
                new Statement.Tokens(GROUP, 3, 4, 9, hash, point, LEAF),
                new Statement.Point(GROUP, 3, 4, point, LEAF),
                new Statement.Status(GROUP, 3, 4, LEAF),
                new Statement.Undo(GROUP, 3, 4, 5, "wrong t\u00f6ken", LEAF),
                new Statement.Grant(GROUP, 3, LEAF, counting(0, 80), LEAF),
                new Statement.LastSeen(GROUP, LEAF, 17, hash, LEAF));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void statements_come_back(Statement statement) {
        Octets encoded = StatementCodec.encode(statement);
        Octets signed = StatementCodec.encode(new SignedStatement(statement, encoded, SIGNATURE));
        SignedStatement decoded = StatementCodec.decodeSigned(signed);
        assertThat(decoded.statement()).isEqualTo(statement);
        assertThat(decoded.encoded()).isEqualTo(encoded);
        assertThat(StatementCodec.encode(decoded)).isEqualTo(signed);
        for (int cut = 0; cut < signed.size(); cut++) {
            Octets shorter = signed.slice(0, cut);
            assertThatThrownBy(() -> StatementCodec.decodeSigned(shorter)).isInstanceOf(RejectedException.class);
        }
    }

    @Test
    void every_kind_has_a_label_of_its_own() {
        Set<String> labels = new HashSet<>();
        statements().forEach(statement -> assertThat(labels.add(StatementCodec.label(statement)))
                .isTrue());
    }

    @Test
    void meta_is_that_of_the_model() {
        Octets frozen = Octets.ofHex(FROZEN_META);
        MessageMeta meta = MetaCodec.decode(frozen);
        assertThat(meta.group()).isEqualTo(GROUP);
        assertThat(meta.message()).isEqualTo(new MessageId(counting(0x20, 16)));
        assertThat(meta.cohort()).isEqualTo(7);
        assertThat(meta.sentAt()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L));
        assertThat(meta.plainLength()).isEqualTo(71);
        assertThat(meta.sealedSize(0)).isEqualTo(80);
        assertThat(meta.sealedSize(1)).isEqualTo(23);
        assertThat(meta.senderSeq()).isEqualTo(1);
        assertThat(MetaCodec.encode(meta)).isEqualTo(frozen);
    }

    @Test
    void lengths_and_chunks_must_agree() {
        assertThat(meta(1, 64, 0).sealedLength()).isEqualTo(16);
        assertThat(meta(2, 64, 65).sealedLength()).isEqualTo(97);
        assertThatThrownBy(() -> meta(2, 64, 64)).isInstanceOf(RejectedException.class);
        assertThatThrownBy(() -> meta(1, 64, 65)).isInstanceOf(RejectedException.class);
        assertThatThrownBy(() -> meta(0, 64, 0)).isInstanceOf(RejectedException.class);
        assertThatThrownBy(() -> meta(1, 0, 0)).isInstanceOf(RejectedException.class);
        assertThatThrownBy(() -> meta(1, MessageMeta.CHUNK + 1, 0)).isInstanceOf(RejectedException.class);
    }

    /** Runs its saved inputs in every build, and searches for new ones when started with {@code JAZZER_FUZZ=1}. */
    @FuzzTest(maxDuration = "10m")
    void any_input_is_rejected_or_canonical(byte[] input) {
        Octets octets = Octets.of(input);
        try {
            assertThat(MetaCodec.encode(MetaCodec.decode(octets))).isEqualTo(octets);
        } catch (RejectedException e) {
            assertThat(e).hasNoCause();
        }
        try {
            assertThat(StatementCodec.encode(StatementCodec.decodeSigned(octets)))
                    .isEqualTo(octets);
        } catch (RejectedException e) {
            assertThat(e).hasNoCause();
        }
    }

    private static MessageMeta meta(int chunks, int chunkSize, long length) {
        Hash hash = new Hash(counting(9, 32));
        return new MessageMeta(
                GROUP,
                new MessageId(counting(0, 16)),
                1,
                hash,
                hash,
                LEAF,
                1,
                Optional.empty(),
                Instant.EPOCH,
                "text/plain",
                chunkSize,
                chunks,
                length,
                hash);
    }

    private static Octets counting(int first, int n) {
        byte[] bytes = new byte[n];
        for (int i = 0; i < n; i++) {
            bytes[i] = (byte) (first + i);
        }
        return Octets.of(bytes);
    }
}
