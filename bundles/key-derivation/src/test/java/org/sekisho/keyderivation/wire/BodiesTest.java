// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
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
import org.sekisho.api.group.EpochHeader;
import org.sekisho.crypto.Sha256;

/** Every body comes back as it went, and nothing but its exact encoding is read. */
class BodiesTest {

    private static final Hash HASH = Sha256.hash(new byte[1]);
    private static final LeafId LEAF = LeafId.of(HASH.value().toByteArray());
    private static final GroupId GROUP = GroupId.of(new byte[16]);
    private static final Octets KEY = Octets.of(new byte[32]);
    private static final Signed SIGNED =
            new Signed(new Commitment(HASH, LEAF, Optional.of(KEY), HASH).encode(), Octets.of(new byte[64]));

    /** A body with its decoder; shown by its class. */
    record Body(Object value, Octets encoded, Function<Octets, ?> decoder) {
        @Override
        public String toString() {
            return value.getClass().getSimpleName();
        }
    }

    static Stream<Body> bodies() {
        var header = new EpochHeader(GROUP, 1, "key-derivation", Optional.of(HASH), HASH, HASH, HASH, 0);
        var start = new Start(
                2,
                Op.JOIN,
                3,
                Optional.of(HASH),
                HASH,
                Places.of(List.of(4, 0, 9999)),
                HASH,
                Places.of(List.of(9999)),
                true);
        var d1 = new Commitment(HASH, LEAF, Optional.empty(), HASH);
        var d3 = new Opening(HASH, HASH, LEAF, KEY, Optional.of(Octets.of(new byte[80])), Optional.empty());
        var audit = new Opening(HASH, HASH, LEAF, KEY, Optional.empty(), Optional.of(Octets.of(new byte[64])));
        var d2 = new Neighbours(HASH, HASH, 7, SIGNED);
        var slice = new Neighbours.Slice(6, Optional.of(SIGNED), Optional.empty());
        var d4 = new Distribution(
                HASH, HASH, KEY, Octets.of(new byte[80]), HASH, Optional.of(new Distribution.Passive(SIGNED, KEY)));
        var bare = new Distribution(HASH, HASH, KEY, Octets.of(new byte[80]), HASH, Optional.empty());
        var own = new Distribution.Slice(Optional.of(KEY), Octets.of(new byte[80]));
        var indexed = new Indexed(9999, SIGNED);
        var d5 = new Confirmation(3, HASH, HASH, KEY);
        var hint = new CommitHint(HASH, HASH, LEAF);
        var complaint = new Complaint(1, HASH, Complaint.Reason.COMMITMENT);
        var wish = new Wish(4, Op.DIST);
        var prekey = new Prekey(GROUP, LEAF, Octets.of(new byte[16]), Prekey.Kind.WEEKLY, KEY, 77);
        var prekeys = new Prekeys(3, List.of(SIGNED, SIGNED));
        var absent = new Absent(HASH, List.of(SIGNED));
        var welcomes = new Welcomes(
                HASH, HASH, List.of(new Sponsored(LEAF, HASH, Octets.of(new byte[80]), Octets.of(new byte[64]))));
        var welcome = new Welcome(
                header, HASH, LEAF, HASH, Octets.of(new byte[80]), Octets.of(new byte[64]), Optional.empty());
        return Stream.of(
                new Body(start, start.encode(), Start::decode),
                new Body(d1, d1.encode(), Commitment::decode),
                new Body(d3, d3.encode(), Opening::decode),
                new Body(audit, audit.encode(), Opening::decode),
                new Body(d2, d2.encode(), Neighbours::decode),
                new Body(slice, slice.encode(), Neighbours.Slice::decode),
                new Body(d4, d4.encode(), Distribution::decode),
                new Body(bare, bare.encode(), Distribution::decode),
                new Body(own, own.encode(), Distribution.Slice::decode),
                new Body(indexed, indexed.encode(), Indexed::decode),
                new Body(d5, d5.encode(), Confirmation::decode),
                new Body(hint, hint.encode(), CommitHint::decode),
                new Body(complaint, complaint.encode(), Complaint::decode),
                new Body(wish, wish.encode(), Wish::decode),
                new Body(prekey, prekey.encode(), Prekey::decode),
                new Body(prekeys, prekeys.encode(), Prekeys::decode),
                new Body(absent, absent.encode(), Absent::decode),
                new Body(welcomes, welcomes.encode(), Welcomes::decode),
                new Body(welcome, welcome.encode(), Welcome::decode));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void comes_back(Body body) {
        assertThat((Object) body.decoder().apply(body.encoded())).isEqualTo(body.value());
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void cut_or_longer_is_refused(Body body) {
        for (int n = 0; n < body.encoded().size(); n++) {
            Octets cut = body.encoded().slice(0, n);
            assertThatThrownBy(() -> body.decoder().apply(cut)).isInstanceOf(RejectedException.class);
        }
        Octets longer = Octets.concat(body.encoded(), Octets.of((byte) 0));
        assertThatThrownBy(() -> body.decoder().apply(longer)).isInstanceOf(RejectedException.class);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void a_huge_length_is_refused_before_anything_is_made(Body body) {
        Octets huge = Octets.of((byte) 0x9a, (byte) 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff);
        assertThatThrownBy(() -> body.decoder().apply(huge)).isInstanceOf(RejectedException.class);
        Octets long1 = Octets.of(new byte[(4 << 20) + 1]);
        assertThatThrownBy(() -> body.decoder().apply(long1)).isInstanceOf(RejectedException.class);
    }

    /** Whatever is read is written alike, and whatever is wrong is refused, never an error of another kind. */
    @FuzzTest(maxDuration = "5s")
    void fuzz(FuzzedDataProvider data) {
        List<Body> all = bodies().toList();
        Body body = all.get(data.consumeInt(0, all.size() - 1));
        byte[] encoded = body.encoded().toByteArray();
        for (int i = data.consumeInt(0, 4); i > 0; i--) {
            encoded[data.consumeInt(0, encoded.length - 1)] = data.consumeByte();
        }
        byte[] input = data.consumeBoolean() ? encoded : data.consumeRemainingAsBytes();
        try {
            Object value = body.decoder().apply(Octets.of(input));
            assertThat(value).isNotNull();
        } catch (RejectedException expected) {
            assertThat(expected).isNotNull();
        }
    }
}
