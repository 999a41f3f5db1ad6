// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import java.io.IOException;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Caller;
import org.sekisho.api.LeafId;
import org.sekisho.api.directory.Directory;

/** Revokes the certificate of a participant; from then on it is refused everywhere. */
@Service
@Command(scope = "sekisho", name = "participant-revoke", description = "revokes the certificate of a participant")
public final class ParticipantRevokeCommand extends SekishoCommand {

    @Reference(optional = true)
    @Nullable Directory directory;

    @Argument(index = 0, name = "leaf", required = true, description = "id of the participant")
    @Completion(LeafIdCompleter.class)
    String leaf = "";

    @Option(name = "--reason", description = "for the audit trail")
    String reason = "";

    @Option(name = "--yes", description = "does not ask for confirmation")
    boolean yes;

    @Override
    Answer answer(Caller caller) throws IOException {
        LeafId id = LeafId.parse(leaf);
        Directory service = present(directory, "the directory");
        Consent.ask(session, yes, "Revoke " + id + " for good?");
        service.revoke(caller, id, reason);
        return Answer.table(Map.of("revoked", id)).remark("revoked " + id);
    }
}
