// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Caller;
import org.sekisho.api.Page;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.Groups;

/** Lists groups, and for each whether the operator is kept out. */
@Service
@Command(scope = "sekisho", name = "group-list", description = "lists groups")
public final class GroupListCommand extends SekishoCommand {

    @Reference(optional = true)
    @Nullable Groups groups;

    @Option(name = "--cursor", description = "goes on where the last page ended")
    @Nullable String cursor;

    @Option(name = "--limit", description = "most lines, 1 to 500", valueToShowInHelp = "50")
    int limit = Page.DEFAULT_LIMIT;

    @Override
    Answer answer(Caller caller) {
        Page<GroupView> page = present(groups, "the groups service")
                .groups(caller, Optional.ofNullable(cursor), Page.checkLimit(limit));
        Answer answer =
                Answer.table(page, "group", "title", "scheme", "blind", "members", "epoch", "state", "queued", "dead");
        page.items()
                .forEach(g -> answer.row(
                        g.group(),
                        g.policy().title(),
                        g.schemeId(),
                        g.blind() ? "yes" : "no",
                        g.members().size(),
                        g.epoch(),
                        g.state(),
                        g.queued(),
                        g.dead()));
        page.next().ifPresent(next -> answer.remark("more: --cursor " + next));
        return answer;
    }
}
