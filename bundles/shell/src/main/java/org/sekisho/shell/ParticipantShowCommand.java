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
import org.sekisho.api.LeafId;
import org.sekisho.api.directory.Directory;
import org.sekisho.api.directory.Participant;

/** Shows one participant, with the fingerprint to compare. */
@Service
@Command(scope = "sekisho", name = "participant-show", description = "shows one participant and its fingerprint")
public final class ParticipantShowCommand extends SekishoCommand {

    @Reference(optional = true)
    @Nullable Directory directory;

    @Argument(index = 0, name = "leaf", required = true, description = "id of the participant")
    @Completion(LeafIdCompleter.class)
    String leaf = "";

    @Override
    Answer answer(Caller caller) {
        Participant p = present(directory, "the directory").participant(caller, LeafId.parse(leaf));
        return Answer.sheet(p)
                .row("leaf", p.leaf())
                .row("name", p.name())
                .row("fingerprint", p.fingerprint())
                .row("enrolled", p.enrolledAt())
                .row("until", p.notAfter())
                .row("state", p.revokedAt().map(at -> "revoked " + at).orElse("good"))
                .row("certificate", p.certHash())
                .row("issuer", p.issuerHash());
    }
}
