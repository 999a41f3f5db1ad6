// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.crypto.Sha256;

class BodiesTest {

    private static final GroupId GROUP = GroupId.of(new byte[16]);
    private static final LeafId LEAF = LeafId.of(new byte[32]);
    private static final Hash HASH = Sha256.hash(new byte[0]);

    /** A body, how it is read, and how that is written again. */
    record Body(Object value, Octets encoded, Function<Octets, Object> decode) {
        @Override
        public String toString() {
            return value.getClass().getSimpleName();
        }
    }

    static Stream<Body> bodies() {
        var rotation = new Rotation(GROUP, 2, Optional.of(HASH), HASH, LEAF, HASH);
        var transfer = new Transfer(GROUP, 2, HASH, HASH, HASH, Octets.of(new byte[80]));
        var given = new Distribution(
                GROUP, 2, 3, 2, HASH, HASH, Optional.of(HASH), 1, LEAF, HASH, Optional.empty(), Optional.empty());
        var hint = new SponsorHint(GROUP, HASH, LEAF);
        var renewal = new Renewal(GROUP, 7);
        return Stream.of(
                new Body(rotation, rotation.encode(), Rotation::decode),
                new Body(transfer, transfer.encode(), Transfer::decode),
                new Body(given, given.encode(), Distribution::decode),
                new Body(hint, hint.encode(), SponsorHint::decode),
                new Body(renewal, renewal.encode(), Renewal::decode));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void reads_what_it_wrote(Body body) {
        assertThat(body.decode().apply(body.encoded())).isEqualTo(body.value());
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void refuses_every_truncation_extension_and_other_version(Body body) {
        byte[] bytes = body.encoded().toByteArray();
        for (int n = 0; n < bytes.length; n++) {
            Octets cut = body.encoded().slice(0, n);
            assertThatThrownBy(() -> body.decode().apply(cut)).isInstanceOf(RejectedException.class);
        }
        Octets longer = Octets.concat(body.encoded(), Octets.of((byte) 0));
        assertThatThrownBy(() -> body.decode().apply(longer)).isInstanceOf(RejectedException.class);
        bytes[1] = 2;
        assertThatThrownBy(() -> body.decode().apply(Octets.of(bytes))).isInstanceOf(RejectedException.class);
    }

    @FuzzTest
    void fuzz(byte[] data) {
        Octets input = Octets.of(data);
        bodies().forEach(body -> {
            try {
                body.decode().apply(input);
            } catch (RejectedException expected) {
                assertThat(expected.code()).isNotNull();
            }
        });
    }
}
