// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.codec.group.EnvelopeCodec;

class EnvelopeGateTest {

    private static final GroupId GROUP = GroupId.of(new byte[16]);
    private static final Octets BODY = Octets.utf8("body");

    private final Actor alice = new Actor(1);
    private final Actor bob = new Actor(2);
    private final EnvelopeGate gate = new EnvelopeGate(
            GROUP,
            to -> !(to instanceof Party.Member),
            from -> from.equals(alice.party()) ? Optional.of(alice.idKey()) : Optional.empty());

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SekishoException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @Test
    void a_genuine_message_passes() {
        Octets message = alice.send(GROUP, Party.EVERYONE, "toy/hello", BODY);

        assertThat(gate.admit(message, alice.leaf).envelope().body()).isEqualTo(BODY);
    }

    @Test
    void every_changed_octet_is_refused() {
        byte[] octets = alice.send(GROUP, Party.EVERYONE, "toy/hello", BODY).toByteArray();
        for (int i = 0; i < octets.length; i++) {
            octets[i] ^= 1;
            Octets changed = Octets.of(octets);
            assertThatThrownBy(() -> gate.admit(changed, alice.leaf)).isInstanceOf(SekishoException.class);
            octets[i] ^= 1;
        }
    }

    @Test
    void a_message_of_another_group_is_refused() {
        Octets other = alice.send(new GroupId(Octets.utf8("another-group-id")), Party.EVERYONE, "toy/hello", BODY);

        refused(ErrorCode.WRONG_AUDIENCE, () -> gate.admit(other));
    }

    @Test
    void a_message_for_somebody_else_is_refused() {
        refused(ErrorCode.WRONG_AUDIENCE, () -> gate.admit(alice.send(GROUP, bob.party(), "toy/hello", BODY)));
    }

    @Test
    void an_unknown_sender_is_refused() {
        refused(ErrorCode.NOT_A_MEMBER, () -> gate.admit(bob.send(GROUP, Party.EVERYONE, "toy/hello", BODY)));
    }

    @Test
    void a_message_brought_by_another_caller_is_refused() {
        Octets message = alice.send(GROUP, Party.EVERYONE, "toy/hello", BODY);

        refused(ErrorCode.FORBIDDEN, () -> gate.admit(message, bob.leaf));
    }

    @Test
    void a_signature_of_another_type_is_refused() {
        Envelope sent = alice.envelope(GROUP, Party.EVERYONE, "toy/hello", BODY, 1);
        Octets encoded = EnvelopeCodec.encode(sent);
        var signed = new SignedEnvelope(sent, encoded, alice.key.sign("envelope/toy/other", encoded), Map.of());

        refused(ErrorCode.BAD_SIGNATURE, () -> gate.admit(EnvelopeCodec.encode(signed)));
    }

    @Test
    void a_type_out_of_shape_is_refused() {
        for (String type : new String[] {"", "hello", "Toy/hello", "toy/", "toy/a/b", "toy/h\u00e9"}) {
            refused(
                    ErrorCode.MALFORMED,
                    () -> gate.admit(EnvelopeCodec.encode(new SignedEnvelope(
                            alice.envelope(GROUP, Party.EVERYONE, type, BODY, 1),
                            EnvelopeCodec.encode(alice.envelope(GROUP, Party.EVERYONE, type, BODY, 1)),
                            Octets.of(new byte[64]),
                            Map.of()))));
        }
    }
}
