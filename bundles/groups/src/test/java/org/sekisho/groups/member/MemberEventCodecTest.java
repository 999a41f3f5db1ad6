// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;
import org.sekisho.crypto.Sha256;
import org.sekisho.groups.member.MemberEvent.SchemeSwitch.Stage;

class MemberEventCodecTest {

    private static final GroupId GROUP = GroupId.of(new byte[16]);

    @Test
    void orders_are_named() {
        var order = Optional.of(Sha256.hash(Octets.utf8("order")));
        List<MemberEvent> events = List.of(
                new MemberEvent.SchemeSwitch(GROUP, Stage.BEGUN, "a", "b", Optional.empty(), order, "why"),
                new MemberEvent.Refused(GROUP, "host/reinit", ErrorCode.SWITCH_PENDING, order),
                new MemberEvent.Refused(GROUP, "host/policy", ErrorCode.FORBIDDEN));
        assertThat(events).allSatisfy(e -> assertThat(MemberEventCodec.decode(GROUP, MemberEventCodec.encode(e)))
                .isEqualTo(e));
    }

    @Test
    void events_kept_before_orders_were_named_are_told() {
        Octets begun = Cbor.encode(1, 8, Stage.BEGUN.ordinal(), "a", "b", Optional.empty(), "why");
        assertThat(MemberEventCodec.decode(GROUP, begun))
                .isEqualTo(new MemberEvent.SchemeSwitch(
                        GROUP, Stage.BEGUN, "a", "b", Optional.empty(), Optional.empty(), "why"));
        assertThat(MemberEventCodec.decode(GROUP, Cbor.encode(1, 6, "host/reinit", "FORBIDDEN")))
                .isEqualTo(new MemberEvent.Refused(GROUP, "host/reinit", ErrorCode.FORBIDDEN));
    }
}
