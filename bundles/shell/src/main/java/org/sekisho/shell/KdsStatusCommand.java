// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.Groups;

/** Shows where the key derivation of one group stands: ring, phase, attempt, who is awaited. */
@Service
@Command(
        scope = "sekisho",
        name = "kds-status",
        description = "shows where the key derivation of a group stands: ring, phase, attempt, who is awaited")
public final class KdsStatusCommand extends SekishoCommand {

    private static final String SCHEME = "key-derivation";

    @Reference(optional = true)
    @Nullable Groups groups;

    @Reference(optional = true)
    @Nullable GroupHistory history;

    @Argument(index = 0, name = "group", required = true, description = "id of the group")
    @Completion(GroupIdCompleter.class)
    String group = "";

    @Override
    Answer answer(Caller caller) {
        GroupId id = GroupId.parse(group);
        GroupView view = present(groups, "the groups service").group(caller, id);
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("group", id.toString());
        shown.put("scheme", view.schemeId());
        shown.put("state", view.state().name());
        shown.put("epoch", Long.toString(view.epoch()));
        shown.put("members", Integer.toString(view.members().size()));
        present(history, "the groups service").inspect(caller, id).forEach(shown::putIfAbsent);
        Answer sheet = Answer.sheet(shown);
        shown.forEach(sheet::row);
        return view.schemeId().equals(SCHEME)
                ? sheet
                : sheet.remark("This group's keys come from " + view.schemeId() + ", not from " + SCHEME + ".");
    }
}
