// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.group.Reinit;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.GroupView.State;
import org.sekisho.api.groups.SwitchView;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.api.store.RowTx;
import org.sekisho.groups.chain.GroupHashes;
import org.sekisho.groups.engine.InstanceStatus;
import org.sekisho.groups.engine.InstanceView;

/** A group as it may be shown. */
final class GroupViews {

    /** What details of the scheme that is being switched to begin with. */
    private static final String NEXT = "next.";

    private final GatewayParts parts;

    GroupViews(GatewayParts parts) {
        this.parts = parts;
    }

    /** What decides whether the group goes on. */
    private record Condition(State state, String reason) {}

    GroupView view(RowTx tx, GroupState state) {
        GroupRecord record = state.record();
        Condition condition = condition(tx, state);
        return new GroupView(
                state.group(),
                state.policy(),
                record.running().schemeId(),
                record.running().blind(),
                record.running().blindReason(),
                state.committed().roster().seq(),
                GroupHashes.of(state.committed()),
                state.committed().roster().entries().stream()
                        .map(RosterEntry::leaf)
                        .toList(),
                state.epochNumber(),
                record.epoch().map(EpochView::epochHash),
                condition.state(),
                condition.reason(),
                parts.inbox().size(tx, record.instance()),
                parts.inbox().dead(tx, record.instance()),
                parts.log().head(tx),
                record.createdAt(),
                SwitchRows.find(tx).map(p -> view(tx, p)));
    }

    SwitchView view(RowTx tx, PendingSwitch pending) {
        Reinit reinit = pending.reinit().reinit();
        boolean absent = pending.preparing() && !parts.runner().ready(tx, pending.instance());
        return new SwitchView(
                pending.hash(),
                reinit.oldScheme(),
                reinit.newScheme(),
                pending.reinit().signer(),
                reinit.fromEpoch(),
                reinit.usePsk(),
                reinit.notAfter(),
                pending.preparing() ? SwitchView.State.PREPARING : SwitchView.State.GIVEN_UP,
                absent ? "scheme " + reinit.newScheme() + " is absent" : pending.failure(),
                pending.preparing() ? parts.inbox().size(tx, pending.instance()) : 0);
    }

    private Condition condition(RowTx tx, GroupState state) {
        Optional<InstanceView> instance = instance(tx, state);
        if (instance.filter(i -> i.status() == InstanceStatus.ACTIVE).isEmpty()) {
            return new Condition(
                    State.SUSPENDED, instance.map(InstanceView::reason).orElse("no scheme instance"));
        }
        if (Messages.blocked(state, parts.clock().lived())) {
            return new Condition(State.SEND_BLOCKED, "a removal has not taken effect yet");
        }
        String scheme = state.record().running().schemeId();
        Optional<GroupKeyScheme> present = parts.schemes().scheme(scheme);
        if (present.isEmpty()) {
            return new Condition(State.SUSPENDED, "scheme " + scheme + " is absent");
        }
        if (!parts.runner().ready(tx, state.record().instance())) {
            return new Condition(State.SUSPENDED, "scheme " + scheme + " cannot read this group's state here");
        }
        return new Condition(State.ACTIVE, state.record().alarm());
    }

    /** What the scheme shows of its server side; empty while it is absent. */
    Map<String, String> inspect(RowTx tx, GroupState state) {
        var shown = new LinkedHashMap<String, String>(
                instance(tx, state).map(InstanceView::details).orElse(Map.of()));
        SwitchRows.find(tx).flatMap(pending -> instance(tx, pending.instance())).ifPresent(next -> next.details()
                .forEach((key, value) -> shown.put(NEXT + key, value)));
        return shown;
    }

    private Optional<InstanceView> instance(RowTx tx, GroupState state) {
        return instance(tx, state.record().instance());
    }

    private Optional<InstanceView> instance(RowTx tx, long id) {
        return parts.runner().instances(tx).stream().filter(i -> i.id() == id).findFirst();
    }
}
