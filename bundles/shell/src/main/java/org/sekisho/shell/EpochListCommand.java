// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.Page;
import org.sekisho.api.groups.EpochRecord;
import org.sekisho.api.groups.GroupHistory;

/** Lists the committed epochs of a group. */
@Service
@Command(scope = "sekisho", name = "epoch-list", description = "lists the committed epochs of a group")
public final class EpochListCommand extends SekishoCommand {

    @Reference(optional = true)
    @Nullable GroupHistory history;

    @Argument(index = 0, name = "group", required = true, description = "id of the group")
    @Completion(GroupIdCompleter.class)
    String group = "";

    @Option(name = "--after", description = "begins after this number", valueToShowInHelp = "0")
    long after;

    @Option(name = "--limit", description = "most lines, 1 to 500", valueToShowInHelp = "50")
    int limit = Page.DEFAULT_LIMIT;

    @Override
    Answer answer(Caller caller) {
        Page<EpochRecord> page = present(history, "the groups service")
                .epochs(caller, GroupId.parse(group), after, Page.checkLimit(limit));
        Answer answer = Answer.table(page, "epoch", "at", "scheme", "cohort", "sponsor", "hash");
        page.items()
                .forEach(e -> answer.row(
                        e.header().epoch(),
                        e.at(),
                        e.header().schemeId(),
                        e.header().cohort(),
                        e.sponsor(),
                        e.epochHash()));
        page.next().ifPresent(next -> answer.remark("more: --after " + next));
        return answer;
    }
}
