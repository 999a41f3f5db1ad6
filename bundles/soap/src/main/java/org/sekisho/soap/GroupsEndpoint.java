// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.groups.Groups;
import org.sekisho.api.groups.Mailbox;
import org.sekisho.api.groups.SchemeSwitches;
import org.sekisho.soap.groups.wire.GroupsPort;
import org.sekisho.soap.wire.ChainPage;
import org.sekisho.soap.wire.EpochPage;
import org.sekisho.soap.wire.GroupPage;
import org.sekisho.soap.wire.GroupView;
import org.sekisho.soap.wire.Item;
import org.sekisho.soap.wire.LogEntry;
import org.sekisho.soap.wire.Receipt;
import org.sekisho.soap.wire.SchemeView;
import org.sekisho.soap.wire.SwitchView;

/** {@link Groups}, {@link GroupHistory} and {@link Mailbox} in SOAP. Readers ask again instead of waiting. */
abstract class GroupsEndpoint extends SoapEndpoint implements GroupsPort {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile Groups groups;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile GroupHistory history;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile Mailbox mailbox;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile SchemeSwitches switches;

    GroupsEndpoint(SoapVersion version) {
        super(version);
    }

    @Override
    public GroupView create(String genesis) {
        return as(caller -> Beans.of(GroupView.class, groups().create(caller, Arguments.octets(genesis))));
    }

    @Override
    public GroupView group(String group) {
        return as(caller -> Beans.of(GroupView.class, groups().group(caller, id(group))));
    }

    @Override
    public GroupPage groups(@Nullable String cursor, @Nullable Integer limit) {
        return as(caller ->
                Beans.of(GroupPage.class, groups().groups(caller, Arguments.cursor(cursor), Arguments.limit(limit))));
    }

    @Override
    public Receipt submit(String group, String envelope) {
        return as(caller -> Beans.of(Receipt.class, groups().submit(caller, id(group), Arguments.octets(envelope))));
    }

    @Override
    public Receipt post(String group, String message) {
        return as(caller -> Beans.of(Receipt.class, groups().post(caller, id(group), Arguments.octets(message))));
    }

    @Override
    public List<LogEntry> readLog(String group, long after, @Nullable Integer limit) {
        return as(caller -> Beans.all(
                LogEntry.class, groups().read(caller, id(group), Arguments.position(after), Arguments.limit(limit))));
    }

    @Override
    public ChainPage chain(String group, @Nullable String cursor) {
        return as(caller -> Beans.of(ChainPage.class, history().chain(caller, id(group), Arguments.cursor(cursor))));
    }

    @Override
    public EpochPage epochs(String group, long after, @Nullable Integer limit) {
        return as(caller -> Beans.of(
                EpochPage.class,
                history().epochs(caller, id(group), Arguments.position(after), Arguments.limit(limit))));
    }

    @Override
    public List<SchemeView> schemes() {
        return as(caller -> Beans.all(SchemeView.class, history().schemes(caller)));
    }

    @Override
    public GroupView suspend(String group, String reason) {
        return as(caller -> Beans.of(GroupView.class, history().suspend(caller, id(group), Arguments.text(reason))));
    }

    @Override
    public GroupView resume(String group) {
        return as(caller -> Beans.of(GroupView.class, history().resume(caller, id(group))));
    }

    @Override
    public List<Item> inspect(String group) {
        return as(caller -> history().inspect(caller, id(group)).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(GroupsEndpoint::item)
                .toList());
    }

    private static Item item(Map.Entry<String, String> entry) {
        Item item = new Item();
        item.setName(entry.getKey());
        item.setValue(entry.getValue());
        return item;
    }

    @Override
    public Receipt request(String group, String name, String args) {
        return as(caller -> Beans.of(
                Receipt.class, history().request(caller, id(group), Arguments.text(name), Arguments.octets(args))));
    }

    @Override
    public Receipt orderSwitch(String group, String envelope) {
        return as(caller -> Beans.of(Receipt.class, switches().order(caller, id(group), Arguments.octets(envelope))));
    }

    @Override
    public SwitchView pendingSwitch(String group) {
        return as(caller -> switches()
                .pending(caller, id(group))
                .map(view -> Beans.of(SwitchView.class, view))
                .orElse(null));
    }

    @Override
    public Receipt askForSwitch(String group, String scheme, String reason) {
        return as(caller -> Beans.of(
                Receipt.class, switches().ask(caller, id(group), Arguments.text(scheme), Arguments.text(reason))));
    }

    @Override
    public SwitchView giveUpSwitch(String group, String reason) {
        return as(caller -> Beans.of(SwitchView.class, switches().giveUp(caller, id(group), Arguments.text(reason))));
    }

    @Override
    public Receipt sendToMailbox(String leaf, String envelope) {
        return as(caller -> Beans.of(
                Receipt.class, mailbox().send(caller, LeafId.parse(Arguments.text(leaf)), Arguments.octets(envelope))));
    }

    @Override
    public List<LogEntry> readMailbox(long after, @Nullable Integer limit) {
        return as(caller ->
                Beans.all(LogEntry.class, mailbox().read(caller, Arguments.position(after), Arguments.limit(limit))));
    }

    @Override
    public void acknowledgeMailbox(long through) {
        as(caller -> {
            mailbox().acknowledge(caller, Arguments.position(through));
            return caller;
        });
    }

    private static GroupId id(String group) {
        return GroupId.parse(Arguments.text(group));
    }

    private Groups groups() {
        return Present.require(groups, "the groups service");
    }

    private SchemeSwitches switches() {
        return Present.require(switches, "the groups service");
    }

    private GroupHistory history() {
        return Present.require(history, "the groups service");
    }

    private Mailbox mailbox() {
        return Present.require(mailbox, "the mailbox service");
    }
}
