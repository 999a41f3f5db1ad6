// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.groups.SchemeSwitches;
import org.sekisho.crypto.Sha256;
import org.sekisho.groups.member.MemberEvent;
import org.sekisho.groups.member.MemberEvent.SchemeSwitch.Stage;

class SwitchNewsTest {

    private static final GroupId GROUP = GroupId.of(new byte[16]);
    private static final Hash FIRST = Sha256.hash(Octets.utf8("first"));
    private static final Hash SECOND = Sha256.hash(Octets.utf8("second"));

    private final SwitchNews news = new SwitchNews();

    private static MemberEvent.SchemeSwitch given(Hash order, Stage stage) {
        return new MemberEvent.SchemeSwitch(
                GROUP, stage, "two-random", "key-derivation", Optional.empty(), Optional.of(order), "cancelled");
    }

    private static MemberEvent.Refused refused(Hash order, ErrorCode code) {
        return new MemberEvent.Refused(GROUP, SchemeSwitches.REINIT, code, Optional.of(order));
    }

    @Test
    void an_order_does_not_end_as_an_earlier_one_to_the_same_scheme_did() {
        news.hear(given(FIRST, Stage.BEGUN));
        news.hear(given(FIRST, Stage.GIVEN_UP));
        news.hear(given(SECOND, Stage.BEGUN));
        assertThat(news.failure(FIRST)).get().satisfies(e -> assertThat(e).hasMessageContaining("cancelled"));
        assertThat(news.failure(SECOND)).isEmpty();
    }

    @Test
    void a_refusal_ends_the_order_that_was_refused() {
        news.hear(refused(SECOND, ErrorCode.SWITCH_PENDING));
        assertThat(news.failure(FIRST)).isEmpty();
        assertThat(news.failure(SECOND)).get().satisfies(e -> assertThat(e.code())
                .isEqualTo(ErrorCode.SWITCH_PENDING));
        news.hear(refused(FIRST, ErrorCode.EPOCH_CONFLICT));
        assertThat(news.isOvertaken(FIRST)).isTrue();
        assertThat(news.isOvertaken(SECOND)).isFalse();
    }
}
