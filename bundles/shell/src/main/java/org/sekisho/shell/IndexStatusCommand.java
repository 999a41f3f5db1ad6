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
import org.sekisho.api.searchindex.IndexStatus;
import org.sekisho.api.searchindex.SearchIndex;

/** Shows the search index of a group. */
@Service
@Command(scope = "sekisho", name = "index-status", description = "shows the search index of a group")
public final class IndexStatusCommand extends SekishoCommand {

    @Reference(optional = true)
    @Nullable SearchIndex index;

    @Argument(index = 0, name = "group", required = true, description = "id of the group")
    @Completion(GroupIdCompleter.class)
    String group = "";

    @Override
    Answer answer(Caller caller) {
        IndexStatus status = present(index, "the search index").indexStatus(caller, GroupId.parse(group));
        Answer answer = Answer.table(status, "level", "segments", "rows", "octets");
        status.levels().forEach(l -> answer.row(l.level(), l.segments(), l.rows(), l.octets()));
        answer.row("all", status.live(), status.rows(), status.octets());
        answer.remark("log " + status.head() + ", deletions " + status.tombstones() + ", replaced " + status.replaced()
                + ", ring version " + status.ringVersion());
        if (status.oldCohorts() > 0) {
            answer.remark(status.oldCohorts() + " segments wait for a new key since a removal");
        }
        if (status.slow()) {
            answer.remark("SEARCH_SLOW: more than " + IndexStatus.SLOW + " live segments; does no member compact?");
        }
        return answer;
    }
}
