// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.ReinitCancel;
import org.sekisho.codec.Cbor;

class GroupCodecsTest {

    /** A codec and one value of its kind. */
    record Kind<T>(String name, T value, Function<T, Octets> encode, Function<Octets, T> decode) {

        Octets encoded() {
            return encode.apply(value);
        }

        Octets reencoded(Octets octets) {
            return encode.apply(decode.apply(octets));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind<?>> kinds() {
        return Stream.of(
                new Kind<>("policy", Samples.policy(), PolicyCodec::encode, PolicyCodec::decode),
                new Kind<>("signed-policy", Samples.signedPolicy(), PolicyCodec::encode, PolicyCodec::decodeSigned),
                new Kind<>("roster", Samples.roster(), RosterCodec::encode, RosterCodec::decode),
                new Kind<>("signed-roster", Samples.signedRoster(), RosterCodec::encode, RosterCodec::decodeSigned),
                new Kind<>("genesis", Samples.genesis(), GenesisCodec::encode, GenesisCodec::decode),
                new Kind<>("header", Samples.header(), EpochCodec::encode, EpochCodec::decodeHeader),
                new Kind<>("commit", Samples.signedCommit().commit(), EpochCodec::encode, EpochCodec::decodeCommit),
                new Kind<>("signed-commit", Samples.signedCommit(), EpochCodec::encode, EpochCodec::decodeSigned),
                new Kind<>("envelope", Samples.envelope(), EnvelopeCodec::encode, EnvelopeCodec::decode),
                new Kind<>(
                        "signed-envelope",
                        Samples.signedEnvelope(),
                        EnvelopeCodec::encode,
                        EnvelopeCodec::decodeSigned),
                new Kind<>("invitation", Samples.invitation(), InvitationCodec::encode, InvitationCodec::decode),
                new Kind<>("reinit", Samples.reinit(), ReinitCodec::encode, ReinitCodec::decode),
                new Kind<>("signed-reinit", Samples.signedReinit(), ReinitCodec::encode, ReinitCodec::decodeSigned),
                new Kind<>(
                        "reinit-cancel",
                        new ReinitCancel(Samples.GROUP, Samples.hash(0x4e)),
                        ReinitCodec::encode,
                        ReinitCodec::decodeCancel));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    <T> void what_is_written_is_read_back(Kind<T> kind) {
        assertThat(kind.decode().apply(kind.encoded())).isEqualTo(kind.value());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    <T> void the_frozen_sample_still_stands(Kind<T> kind) {
        Octets frozen = Octets.ofHex(FrozenSamples.HEX.get(kind.name()));

        assertThat(kind.encoded().hex()).isEqualTo(frozen.hex());
        assertThat(kind.decode().apply(frozen)).isEqualTo(kind.value());
    }

    /** Every changed octet gives either a rejection or another value, never a second encoding of the same. */
    @ParameterizedTest
    @MethodSource("kinds")
    <T> void every_mutation_is_rejected_or_means_something_else(Kind<T> kind) {
        byte[] octets = kind.encoded().toByteArray();
        for (int i = 0; i < octets.length; i++) {
            byte before = octets[i];
            for (int bit = 0; bit < 8; bit++) {
                octets[i] = (byte) (before ^ 1 << bit);
                Octets mutated = Octets.of(octets);
                try {
                    assertThat(kind.decode().apply(mutated)).isNotEqualTo(kind.value());
                    assertThat(kind.reencoded(mutated)).isEqualTo(mutated);
                } catch (RejectedException e) {
                    assertThat(e.code())
                            .isIn(ErrorCode.MALFORMED, ErrorCode.LIMIT_EXCEEDED, ErrorCode.POLICY_VIOLATION);
                }
            }
            octets[i] = before;
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    <T> void every_truncation_and_every_addition_is_rejected(Kind<T> kind) {
        Octets octets = kind.encoded();
        for (int size = 0; size < octets.size(); size++) {
            Octets cut = octets.slice(0, size);
            assertThatThrownBy(() -> kind.decode().apply(cut)).isInstanceOf(RejectedException.class);
        }
        Octets longer = Octets.concat(octets, Octets.of((byte) 0));
        assertThatThrownBy(() -> kind.decode().apply(longer)).isInstanceOf(RejectedException.class);
    }

    @Test
    void size_is_checked_before_content() {
        Octets huge = Octets.of(new byte[EpochCodec.MAX_SIGNED + 1]);

        assertThatThrownBy(() -> EpochCodec.decodeSigned(huge))
                .isInstanceOfSatisfying(
                        RejectedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
    }

    @Test
    void everyone_cannot_be_a_sender() {
        Envelope e = Samples.envelope();
        var from = new Envelope(
                e.group(), Party.EVERYONE, e.to(), e.generation(), e.counter(), e.type(), e.issuedAt(), e.body());

        assertThatThrownBy(() -> EnvelopeCodec.encode(from)).isInstanceOf(RejectedException.class);
    }

    @Test
    void slices_out_of_order_are_rejected() {
        Octets envelope = EnvelopeCodec.encode(Samples.envelope());
        Octets wrong = Cbor.encode(
                1,
                envelope,
                Samples.SIGNATURE,
                List.of(List.of(Samples.BOB, Octets.utf8("b")), List.of(Samples.ALICE, Octets.utf8("a"))));

        assertThatThrownBy(() -> EnvelopeCodec.decodeSigned(wrong)).isInstanceOf(RejectedException.class);
    }

    @Test
    void a_party_without_fields_is_rejected() {
        Octets wrong = Cbor.encode(1, Samples.GROUP, List.of(), 0, Samples.fill(1, 8), 1, "a/b", 1, Octets.EMPTY);

        assertThatThrownBy(() -> EnvelopeCodec.decode(wrong)).isInstanceOf(RejectedException.class);
    }

    @Test
    void a_bare_envelope_has_no_slices_and_the_same_signature() {
        var bare = EnvelopeCodec.bare(Samples.signedEnvelope());

        assertThat(bare.slices()).isEqualTo(Map.of());
        assertThat(bare.signature()).isEqualTo(Samples.SIGNATURE);
    }

    @Test
    void a_policy_with_a_fraction_of_a_second_is_rejected() {
        var p = Samples.policy();
        var fraction = new org.sekisho.api.group.Policy(
                p.title(),
                p.ownerKey(),
                p.serverKey(),
                p.version(),
                p.schemeId(),
                p.allowedSchemes(),
                p.blindRequired(),
                p.admission(),
                p.passOnInvite(),
                p.deferRotation(),
                Duration.ofMillis(1500),
                p.rn2Interval(),
                p.maxStale(),
                p.history(),
                p.maxMembers(),
                p.maxMessage());

        assertThatThrownBy(() -> PolicyCodec.encode(fraction)).isInstanceOf(RejectedException.class);
    }
}
