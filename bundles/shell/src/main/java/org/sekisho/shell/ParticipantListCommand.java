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
import org.sekisho.api.directory.Directory;
import org.sekisho.api.directory.Participant;

/** Lists participants by name. */
@Service
@Command(scope = "sekisho", name = "participant-list", description = "lists participants by name")
public final class ParticipantListCommand extends SekishoCommand {

    @Reference(optional = true)
    @Nullable Directory directory;

    @Option(name = "--cursor", description = "goes on where the last page ended")
    @Nullable String cursor;

    @Option(name = "--limit", description = "most lines, 1 to 500", valueToShowInHelp = "50")
    int limit = Page.DEFAULT_LIMIT;

    @Override
    Answer answer(Caller caller) {
        Page<Participant> page = present(directory, "the directory")
                .participants(caller, Optional.ofNullable(cursor), Page.checkLimit(limit));
        Answer answer = Answer.table(page, "leaf", "name", "until", "state", "fingerprint");
        page.items()
                .forEach(p -> answer.row(
                        p.leaf(),
                        p.name(),
                        p.notAfter(),
                        p.revokedAt().map(at -> "revoked " + at).orElse("good"),
                        p.fingerprint()));
        page.next().ifPresent(next -> answer.remark("more: --cursor " + next));
        return answer;
    }
}
