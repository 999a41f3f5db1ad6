// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement;

import static org.sekisho.membership.wire.MessageType.ACCEPT;
import static org.sekisho.membership.wire.MessageType.INVITE;
import static org.sekisho.membership.wire.MessageType.NOTIFY;
import static org.sekisho.membership.wire.MessageType.WITHDRAW;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sekisho.api.Caller;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Operation;
import org.sekisho.api.RejectedException;
import org.sekisho.api.Role;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.groupmanagement.GroupManagement;
import org.sekisho.api.groupmanagement.ManagementStatus;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.Groups;
import org.sekisho.api.groups.Mailbox;
import org.sekisho.api.groups.Receipt;
import org.sekisho.codec.group.EnvelopeCodec;
import org.sekisho.groupmanagement.wire.Formulas;
import org.sekisho.groupmanagement.wire.MessageType;

/**
 * The messages of S0 by name: each envelope is checked to be what the operation is called, then goes the general way, where
 * its signature, audience and freshness are checked.
 */
@Component
public final class GroupManagementComponent implements GroupManagement {

    private static final Set<String> RELAYED = Set.of(INVITE, ACCEPT, MessageType.RN1, WITHDRAW);

    private final Groups groups;
    private final GroupHistory history;
    private final Mailbox mailbox;

    @Activate
    public GroupManagementComponent(
            @Reference Groups groups, @Reference GroupHistory history, @Reference Mailbox mailbox) {
        this.groups = groups;
        this.history = history;
        this.mailbox = mailbox;
    }

    @Override
    public Receipt relay(Caller caller, LeafId to, Octets signedEnvelope) {
        Operation.MAILBOX_SEND.demand(caller);
        Envelope envelope = EnvelopeCodec.decodeSigned(signedEnvelope).envelope();
        requireType(RELAYED.contains(envelope.type()), "relayed are invitation, acceptance, RN1 and withdrawal");
        return mailbox.send(caller, to, signedEnvelope);
    }

    @Override
    public Receipt memberNotification(Caller caller, GroupId group, Octets signedEnvelope) {
        Operation.GROUP_SUBMIT.demand(caller, inGroup(caller, group));
        Envelope envelope = EnvelopeCodec.decodeSigned(signedEnvelope).envelope();
        requireType(envelope.type().equals(NOTIFY), "not a group member notification");
        if (!envelope.group().equals(group)) {
            throw new RejectedException(ErrorCode.WRONG_AUDIENCE, "a notification of another group");
        }
        return groups.submit(caller, group, signedEnvelope);
    }

    @Override
    public Receipt renew(Caller caller, GroupId group) {
        Operation.MANAGEMENT_RENEW.demand(caller, inGroup(caller, group));
        requireScheme(groups.group(caller, group));
        return history.request(caller, group, "renew", Octets.EMPTY);
    }

    @Override
    public ManagementStatus status(Caller caller, GroupId group) {
        Operation.MANAGEMENT_STATUS.demand(caller, inGroup(caller, group));
        GroupView view = groups.group(caller, group);
        requireScheme(view);
        Map<String, String> shown = history.inspect(caller, group);
        return new ManagementStatus(
                group,
                Long.parseLong(shown.getOrDefault("rn1Generation", "0")),
                Long.parseLong(shown.getOrDefault("rn2Generation", "0")),
                view.epoch(),
                shown.getOrDefault("phase", "IDLE"),
                Optional.ofNullable(shown.get("nextRenewal")).map(s -> Instant.ofEpochSecond(Long.parseLong(s))),
                Optional.ofNullable(shown.get("awaited")).map(LeafId::parse));
    }

    /** The role a participant has in this group; the host decides it again by the roster, here only to refuse early. */
    private Set<Role> inGroup(Caller caller, GroupId group) {
        boolean member = caller.leaf()
                .filter(leaf -> groups.group(caller, group).members().contains(leaf))
                .isPresent();
        return member ? Set.of(Role.MEMBER) : Set.of();
    }

    private static void requireScheme(GroupView view) {
        if (!view.schemeId().equals(Formulas.SCHEME_ID)) {
            throw new RejectedException(ErrorCode.UNKNOWN_SCHEME, "the group uses " + view.schemeId());
        }
    }

    private static void requireType(boolean right, String otherwise) {
        if (!right) {
            throw new RejectedException(ErrorCode.WRONG_AUDIENCE, otherwise);
        }
    }
}
