// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Caller;
import org.sekisho.api.audit.Audit;
import org.sekisho.api.directory.Directory;
import org.sekisho.api.groupmanagement.GroupManagement;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.groups.Groups;
import org.sekisho.api.groups.Mailbox;
import org.sekisho.api.groups.SchemeView;
import org.sekisho.api.messagestore.MessageStore;
import org.sekisho.api.messagestore.ReEncryption;
import org.sekisho.api.searchindex.SearchIndex;

/** Shows which parts of the gateway run, and which schemes. */
@Service
@Command(scope = "sekisho", name = "status", description = "shows which parts of the gateway run, and which schemes")
public final class StatusCommand extends SekishoCommand {

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

    @Override
    Answer answer(Caller caller) {
        Map<String, Boolean> present = capabilities().present();
        List<SchemeView> schemes = history == null ? List.of() : history.schemes(caller);
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("parts", present);
        value.put("schemes", schemes);
        Answer answer = Answer.table(value, "part", "state");
        present.forEach((feature, there) -> answer.row(feature, there ? "running" : "absent"));
        schemes.forEach(s -> answer.row(
                "scheme " + s.id(), s.groups() + " groups, blind: " + (s.blind() ? "yes" : "no, " + s.blindReason())));
        return answer;
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
