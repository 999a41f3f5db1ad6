// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Caller;
import org.sekisho.api.DeniedException;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.Role;
import org.sekisho.api.group.Admission;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.Groups;
import org.sekisho.api.groups.Mailbox;
import org.sekisho.api.groups.Receipt;
import org.sekisho.codec.group.EnvelopeCodec;
import org.sekisho.groupmanagement.wire.MessageType;

class GroupManagementComponentTest {

    private static final GroupId GROUP = GroupId.of(new byte[16]);
    private static final LeafId LEAF = LeafId.of(new byte[32]);
    private static final Receipt DONE = new Receipt(1, Receipt.State.DONE);
    private static final Caller MEMBER = Caller.participant("CN=m", LEAF);

    private final List<String> called = new ArrayList<>();
    private final GroupManagementComponent management = new GroupManagementComponent(
            recording(Groups.class), recording(GroupHistory.class), recording(Mailbox.class));

    private <T> T recording(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (p, m, args) -> {
            called.add(m.getName());
            return switch (m.getName()) {
                case "group" -> view();
                case "inspect" ->
                    Map.of(
                            "rn1Generation", "3",
                            "rn2Generation", "9",
                            "phase", "AWAIT_COMMIT",
                            "awaited", LEAF.toString(),
                            "nextRenewal", "1800000000");
                default -> DONE;
            };
        }));
    }

    private static GroupView view() {
        Octets key = Octets.of(new byte[32]);
        Policy policy = new Policy(
                "t",
                key,
                key,
                1,
                "two-random",
                List.of("two-random"),
                true,
                Admission.everybody(),
                false,
                false,
                Duration.ofDays(1),
                Duration.ofHours(1),
                Duration.ofDays(1),
                History.FULL,
                10,
                1000);
        return new GroupView(
                GROUP,
                policy,
                "two-random",
                true,
                "",
                0,
                Hash.of(new byte[32]),
                List.of(LEAF),
                4,
                Optional.empty(),
                GroupView.State.ACTIVE,
                "",
                0,
                0,
                0,
                Instant.EPOCH);
    }

    private static Octets envelope(String type, GroupId group, Party to) {
        Envelope e = new Envelope(
                group, new Party.Member(LEAF), to, Octets.of(new byte[8]), 1, type, Instant.EPOCH, Octets.EMPTY);
        return EnvelopeCodec.encode(new SignedEnvelope(e, EnvelopeCodec.encode(e), Octets.of(new byte[64]), Map.of()));
    }

    @Test
    void relays_only_what_one_member_says_to_another() {
        Party to = new Party.Member(LEAF);
        assertThat(management.relay(MEMBER, LEAF, envelope(org.sekisho.membership.wire.MessageType.ACCEPT, GROUP, to)))
                .isEqualTo(DONE);
        assertThat(called).containsExactly("send");
        assertThatThrownBy(() -> management.relay(MEMBER, LEAF, envelope(MessageType.RN2, GROUP, to)))
                .isInstanceOf(RejectedException.class);
        assertThatThrownBy(() -> management.relay(Caller.ANONYMOUS, LEAF, Octets.EMPTY))
                .isInstanceOf(DeniedException.class);
    }

    @Test
    void notification_must_be_one_and_of_this_group() {
        Octets right = envelope(org.sekisho.membership.wire.MessageType.NOTIFY, GROUP, Party.EVERYONE);
        assertThat(management.memberNotification(MEMBER, GROUP, right)).isEqualTo(DONE);
        assertThat(called).endsWith("submit");
        Octets other = envelope(MessageType.RENEW, GROUP, Party.SERVER);
        assertThatThrownBy(() -> management.memberNotification(MEMBER, GROUP, other))
                .isInstanceOf(RejectedException.class);
        byte[] id = new byte[16];
        id[0] = 1;
        Octets foreign = envelope(org.sekisho.membership.wire.MessageType.NOTIFY, GroupId.of(id), Party.EVERYONE);
        assertThatThrownBy(() -> management.memberNotification(MEMBER, GROUP, foreign))
                .isInstanceOf(RejectedException.class);
    }

    @Test
    void renewal_is_for_members_and_administrators() {
        assertThat(management.renew(MEMBER, GROUP)).isEqualTo(DONE);
        assertThat(management.renew(Caller.user("admin", Set.of(Role.ADMIN)), GROUP))
                .isEqualTo(DONE);
        assertThat(called).contains("request");
        assertThatThrownBy(() -> management.renew(Caller.user("auditor", Set.of(Role.AUDITOR)), GROUP))
                .isInstanceOf(DeniedException.class);
    }

    @Test
    void status_is_what_the_server_instance_shows() {
        var status = management.status(MEMBER, GROUP);
        assertThat(status.rn1Generation()).isEqualTo(3);
        assertThat(status.rn2Generation()).isEqualTo(9);
        assertThat(status.epoch()).isEqualTo(4);
        assertThat(status.phase()).isEqualTo("AWAIT_COMMIT");
        assertThat(status.awaited()).contains(LEAF);
        assertThat(status.nextRenewal()).contains(Instant.ofEpochSecond(1_800_000_000L));
    }
}
