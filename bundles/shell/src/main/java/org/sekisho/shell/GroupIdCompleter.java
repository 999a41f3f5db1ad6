// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Page;
import org.sekisho.api.SekishoException;
import org.sekisho.api.groups.Groups;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Completes ids of the groups that the user may see; of the first {@value org.sekisho.api.Page#MAX_LIMIT}, when there are many. */
@Service
public final class GroupIdCompleter implements Completer {

    private static final Logger LOG = LoggerFactory.getLogger(GroupIdCompleter.class);

    @Reference(optional = true)
    @Nullable Groups groups;

    @Override
    public int complete(Session session, CommandLine commandLine, List<String> candidates) {
        return new StringsCompleter(ids()).complete(session, commandLine, candidates);
    }

    List<String> ids() {
        if (groups == null) {
            return List.of();
        }
        try {
            var page = groups.groups(ConsoleCaller.current(), Optional.empty(), Page.MAX_LIMIT);
            return page.items().stream().map(item -> item.group().toString()).toList();
        } catch (SekishoException e) {
            LOG.debug("nothing to complete with", e);
            return List.of();
        }
    }
}
