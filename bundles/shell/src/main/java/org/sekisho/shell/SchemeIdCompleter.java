// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.SekishoException;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.groups.SchemeView;

/** Schemes that run. */
@Service
public final class SchemeIdCompleter implements Completer {

    @Reference(optional = true)
    @Nullable GroupHistory history;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(ids()).complete(session, line, candidates);
    }

    List<String> ids() {
        GroupHistory service = history;
        if (service == null) {
            return List.of();
        }
        try {
            return service.schemes(ConsoleCaller.current()).stream()
                    .map(SchemeView::id)
                    .toList();
        } catch (SekishoException notForThisUser) {
            return List.of();
        }
    }
}
