// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import java.time.DateTimeException;
import java.time.Duration;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Caller;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.RejectedException;
import org.sekisho.api.directory.Directory;
import org.sekisho.api.directory.EnrolmentToken;

/** Issues a token with which one participant enrols. The token is shown here and nowhere else. */
@Service
@Command(
        scope = "sekisho",
        name = "participant-invite",
        description = "issues a token with which one participant enrols")
public final class ParticipantInviteCommand extends SekishoCommand {

    @Reference(optional = true)
    @Nullable Directory directory;

    @Argument(
            index = 0,
            name = "subject",
            required = true,
            description = "subject of the certificate to be, for example CN=alice,O=Example")
    String subject = "";

    @Option(
            name = "--lifetime",
            description = "how long the token is good, ISO 8601, at most 30 days",
            valueToShowInHelp = "P7D")
    String lifetime = "P7D";

    @Override
    Answer answer(Caller caller) {
        EnrolmentToken token = present(directory, "the directory").invite(caller, subject, duration());
        return Answer.sheet(token)
                .row("leaf", token.leaf())
                .row("name", token.name())
                .row("token", token.token())
                .row("until", token.expiry())
                .remark("The token is shown only now; hand it over on a way that others cannot read.");
    }

    private Duration duration() {
        try {
            return Duration.parse(lifetime);
        } catch (DateTimeException e) {
            throw new RejectedException(ErrorCode.MALFORMED, "a lifetime like P7D or PT12H is expected");
        }
    }
}
