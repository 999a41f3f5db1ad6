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
import org.sekisho.api.audit.Audit;
import org.sekisho.api.audit.AuditVerdict;

/** Recomputes the whole chain of an audit trail. */
@Service
@Command(scope = "sekisho", name = "audit-verify", description = "recomputes the whole chain of an audit trail")
public final class AuditVerifyCommand extends SekishoCommand {

    @Reference(optional = true)
    @Nullable Audit audit;

    @Option(name = "--group", description = "trail of this group; without it that of the gateway itself")
    @Completion(GroupIdCompleter.class)
    @Nullable String group;

    @Override
    Answer answer(Caller caller) {
        AuditVerdict verdict = present(audit, "the audit trail")
                .verify(caller, Optional.ofNullable(group).map(GroupId::parse));
        return Answer.sheet(verdict)
                .row("intact", verdict.intact() ? "yes" : "NO")
                .row("records", verdict.records())
                .row("problem", verdict.problem().isEmpty() ? "none" : verdict.problem());
    }
}
