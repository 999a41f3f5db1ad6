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
import org.sekisho.api.searchindex.Leakage;
import org.sekisho.api.searchindex.SearchIndex;

/** Shows what the gateway sees of searches in a group. */
@Service
@Command(scope = "sekisho", name = "index-leakage", description = "shows what the gateway sees of searches in a group")
public final class IndexLeakageCommand extends SekishoCommand {

    @Reference(optional = true)
    @Nullable SearchIndex index;

    @Argument(index = 0, name = "group", required = true, description = "id of the group")
    @Completion(GroupIdCompleter.class)
    String group = "";

    @Override
    Answer answer(Caller caller) {
        Leakage leakage = present(index, "the search index").leakage(caller, GroupId.parse(group));
        Answer answer = Answer.sheet(leakage)
                .row("since", leakage.since())
                .row("queries", leakage.queries())
                .row("words", leakage.words())
                .row("words asked for again", leakage.repeatedWords())
                .row("words asked for together", leakage.togetherWords())
                .row("sealed blocks sent", leakage.blocksSent());
        leakage.topRepeated()
                .forEach(r -> answer.row("word " + r.mark(), r.times() + " times, " + r.blocks() + " blocks"));
        leakage.writers()
                .forEach(w -> answer.row("writer " + w.leaf(), w.segments() + " segments, " + w.rows() + " rows"));
        return answer.remark("The gateway writes none of this to disk; an operator who wants to can.");
    }
}
