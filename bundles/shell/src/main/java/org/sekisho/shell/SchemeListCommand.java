// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Caller;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.groups.SchemeView;

/** Lists the key schemes that run just now. */
@Service
@Command(scope = "sekisho", name = "scheme-list", description = "lists the key schemes that run just now")
public final class SchemeListCommand extends SekishoCommand {

    @Reference(optional = true)
    @Nullable GroupHistory history;

    @Override
    Answer answer(Caller caller) {
        List<SchemeView> schemes = present(history, "the groups service").schemes(caller);
        Answer answer = Answer.table(schemes, "scheme", "state version", "blind", "groups", "why");
        schemes.forEach(
                s -> answer.row(s.id(), s.stateVersion(), s.blind() ? "yes" : "no", s.groups(), s.blindReason()));
        return answer;
    }
}
