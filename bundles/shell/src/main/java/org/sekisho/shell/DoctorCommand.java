// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Caller;
import org.sekisho.api.Page;
import org.sekisho.api.audit.Audit;
import org.sekisho.api.audit.AuditVerdict;
import org.sekisho.api.directory.Directory;
import org.sekisho.api.groupmanagement.GroupManagement;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.Groups;
import org.sekisho.api.groups.Mailbox;
import org.sekisho.api.groups.SwitchView;
import org.sekisho.api.messagestore.MessageStore;
import org.sekisho.api.messagestore.ReEncryption;
import org.sekisho.api.searchindex.SearchIndex;

/** Looks for what is wrong and says what helps. */
@Service
@Command(scope = "sekisho", name = "doctor", description = "looks for what is wrong and says what helps")
public final class DoctorCommand extends SekishoCommand {

    @Reference(optional = true)
    @Nullable Directory directory;

    @Reference(optional = true)
    @Nullable Groups groups;

    @Reference(optional = true)
    @Nullable GroupHistory history;

    @Reference(optional = true)
    @Nullable Mailbox mailbox;

    @Reference(optional = true)
    @Nullable GroupManagement management;

    @Reference(optional = true)
    @Nullable Audit audit;

    @Reference(optional = true)
    @Nullable MessageStore messages;

    @Reference(optional = true)
    @Nullable ReEncryption reEncryption;

    @Reference(optional = true)
    @Nullable SearchIndex index;

    /** Most groups looked at; the doctor says when there are more. */
    static final int MAX_GROUPS = 10_000;
    /** Something that is wrong, and what helps. */
    record Finding(String where, String what, String remedy) {}

    @Override
    Answer answer(Caller caller) {
        List<Finding> findings = new ArrayList<>();
        capabilities().present().forEach((feature, there) -> {
            if (!there) {
                findings.add(
                        new Finding(feature, "is not running", "feature:install " + feature + ", or see log:display"));
            }
        });
        if (history != null && history.schemes(caller).isEmpty()) {
            findings.add(new Finding(
                    "schemes",
                    "no key scheme runs",
                    "feature:install sekisho-group-management or sekisho-key-derivation"));
        }
        if (groups != null) {
            lookAtGroups(caller, groups, findings);
        }
        if (audit != null) {
            AuditVerdict verdict = audit.verify(caller, Optional.empty());
            if (!verdict.intact()) {
                findings.add(new Finding(
                        "audit trail", verdict.problem(), "keep a copy, compare with the anchor, look for who writes"));
            }
        }
        Answer answer = Answer.table(findings, "where", "what", "what helps");
        findings.forEach(f -> answer.row(f.where(), f.what(), f.remedy()));
        return findings.isEmpty() ? answer.remark("Nothing is wrong.") : answer;
    }

    private static void lookAtGroups(Caller caller, Groups groups, List<Finding> findings) {
        Optional<String> cursor = Optional.empty();
        int seen = 0;
        do {
            Page<GroupView> page = groups.groups(caller, cursor, Page.MAX_LIMIT);
            page.items().forEach(group -> lookAt(group, findings));
            seen += page.items().size();
            cursor = page.next();
        } while (cursor.isPresent() && seen < MAX_GROUPS);
        if (cursor.isPresent()) {
            findings.add(new Finding(
                    "groups",
                    "only the first " + seen + " were looked at",
                    "sekisho:group-list --cursor " + cursor.get()));
        }
    }

    private static void lookAt(GroupView group, List<Finding> findings) {
        String where = "group " + group.group();
        switch (group.state()) {
            case ACTIVE -> {}
            case SUSPENDED ->
                findings.add(new Finding(
                        where, "is suspended: " + group.stateReason(), "sekisho:group-resume " + group.group()));
            case SEND_BLOCKED ->
                findings.add(new Finding(
                        where,
                        "is blocked for senders: " + group.stateReason(),
                        "wait for the next epoch, or ask its owner"));
        }
        group.pendingSwitch()
                .filter(s ->
                        s.state() == SwitchView.State.GIVEN_UP || !s.reason().isEmpty())
                .ifPresent(s -> findings.add(new Finding(
                        where,
                        "its switch to " + s.to() + " does not go on: " + s.reason(),
                        "ask " + s.admin() + " to cancel it, or wait until " + s.notAfter())));
        if (group.dead() > 0) {
            findings.add(new Finding(
                    where,
                    group.dead() + " events were set aside",
                    "see log:display, then sekisho:group-resume " + group.group()));
        }
        if (!group.blind() && group.policy().blindRequired()) {
            findings.add(new Finding(
                    where,
                    "must be blind and is not: " + group.blindReason(),
                    "sekisho:group-suspend " + group.group()));
        }
    }

    private Capabilities capabilities() {
        return new Capabilities()
                .with("sekisho-directory", directory)
                .with("sekisho-groups", groups == null || history == null || mailbox == null ? null : groups)
                .with("sekisho-group-management", management)
                .with("sekisho-message-store", messages == null ? null : reEncryption)
                .with("sekisho-search-index", index)
                .with("sekisho-audit", audit);
    }
}
