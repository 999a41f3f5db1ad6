// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import java.util.Optional;
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
import org.sekisho.api.messagestore.JobView;
import org.sekisho.api.messagestore.ReEncryption;

/** Lists the jobs that turn headers. */
@Service
@Command(scope = "sekisho", name = "job-list", description = "lists the jobs that turn the headers of stored messages")
public final class JobListCommand extends SekishoCommand {

    @Reference(optional = true)
    @Nullable ReEncryption store;

    @Argument(index = 0, name = "group", description = "id of one group; all groups when absent")
    @Completion(GroupIdCompleter.class)
    @Nullable String group;

    @Option(name = "--cursor", description = "goes on where the last page ended")
    @Nullable String cursor;

    @Option(name = "--limit", description = "most lines, 1 to 500", valueToShowInHelp = "50")
    int limit = Page.DEFAULT_LIMIT;

    @Override
    Answer answer(Caller caller) {
        Page<JobView> page = present(store, "the message store")
                .jobs(
                        caller,
                        Optional.ofNullable(group).map(GroupId::parse),
                        Optional.ofNullable(cursor),
                        Page.checkLimit(limit));
        Answer answer = Answer.table(page, "group", "cohort", "epochs", "state", "done", "of", "per second", "started");
        page.items()
                .forEach(job -> answer.row(
                        job.group(),
                        job.cohort(),
                        job.fromEpoch() + ">" + job.toEpoch(),
                        job.state(),
                        job.done(),
                        job.total(),
                        Math.round(job.perSecond()),
                        job.startedAt()));
        page.next().ifPresent(next -> answer.remark("more: --cursor " + next));
        return answer;
    }
}
