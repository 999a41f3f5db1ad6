// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.groups.GroupHistory;

/** Goes on with a group, including events that were set aside. */
@Service
@Command(
        scope = "sekisho",
        name = "group-resume",
        description = "goes on with a group, including events that were set aside")
public final class GroupResumeCommand extends SekishoCommand {

    @Reference(optional = true)
    @Nullable GroupHistory history;

    @Argument(index = 0, name = "group", required = true, description = "id of the group")
    @Completion(GroupIdCompleter.class)
    String group = "";

    @Override
    Answer answer(Caller caller) {
        return GroupSheet.of(present(history, "the groups service").resume(caller, GroupId.parse(group)));
    }
}
