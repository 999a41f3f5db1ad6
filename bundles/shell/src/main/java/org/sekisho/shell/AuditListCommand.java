// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.Page;
import org.sekisho.api.audit.Audit;
import org.sekisho.api.audit.AuditRecord;

/** Lists records of an audit trail. */
@Service
@Command(scope = "sekisho", name = "audit-list", description = "lists records of an audit trail")
public final class AuditListCommand extends SekishoCommand {

    @Reference(optional = true)
    @Nullable Audit audit;

    @Option(name = "--group", description = "trail of this group; without it that of the gateway itself")
    @Completion(GroupIdCompleter.class)
    @Nullable String group;

    @Option(name = "--after", description = "begins after this number", valueToShowInHelp = "0")
    long after;

    @Option(name = "--limit", description = "most lines, 1 to 500", valueToShowInHelp = "50")
    int limit = Page.DEFAULT_LIMIT;

    @Override
    Answer answer(Caller caller) {
        Page<AuditRecord> page = present(audit, "the audit trail")
                .records(caller, Optional.ofNullable(group).map(GroupId::parse), after, Page.checkLimit(limit));
        Answer answer = Answer.table(page, "n", "at", "actor", "action", "subject", "outcome", "detail");
        page.items()
                .forEach(r -> answer.row(r.n(), r.at(), r.actor(), r.action(), r.subject(), r.outcome(), r.detail()));
        page.next().ifPresent(next -> answer.remark("more: --after " + next));
        return answer;
    }
}
