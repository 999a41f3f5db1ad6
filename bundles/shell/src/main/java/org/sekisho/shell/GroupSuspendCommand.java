// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import java.io.IOException;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.groups.GroupHistory;

/** Stops handing events to the scheme of a group; they are kept. */
@Service
@Command(
        scope = "sekisho",
        name = "group-suspend",
        description = "stops handing events to the scheme of a group; they are kept")
public final class GroupSuspendCommand extends SekishoCommand {

    @Reference(optional = true)
    @Nullable GroupHistory history;

    @Argument(index = 0, name = "group", required = true, description = "id of the group")
    @Completion(GroupIdCompleter.class)
    String group = "";

    @Option(name = "--reason", description = "shown to whoever looks at the group")
    String reason = "";

    @Option(name = "--yes", description = "does not ask for confirmation")
    boolean yes;

    @Override
    Answer answer(Caller caller) throws IOException {
        GroupId id = GroupId.parse(group);
        GroupHistory service = present(history, "the groups service");
        Consent.ask(session, yes, "Suspend " + id + "? Its keys do not change until it is resumed.");
        return GroupSheet.of(service.suspend(caller, id, reason));
    }
}
