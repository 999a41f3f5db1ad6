// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.messagestore.ReEncryption;
import org.sekisho.api.messagestore.StoreView;

/** Shows what a group's message store holds, where its headers are and what they wait for. */
@Service
@Command(
        scope = "sekisho",
        name = "store-status",
        description = "shows a group's message store: cohorts, their headers' epochs, tokens, alarms")
public final class StoreStatusCommand extends SekishoCommand {

    @Reference(optional = true)
    @Nullable ReEncryption store;

    @Argument(index = 0, name = "group", required = true, description = "id of the group")
    @Completion(GroupIdCompleter.class)
    String group = "";

    @Override
    Answer answer(Caller caller) {
        StoreView view = present(store, "the message store").status(caller, GroupId.parse(group));
        Answer answer = Answer.table(view, "cohort", "since epoch", "state", "headers", "at epochs", "tokens");
        view.cohorts()
                .forEach(c -> answer.row(
                        c.cohort(),
                        c.firstEpoch(),
                        c.state(),
                        c.messages(),
                        c.headerEpochs().stream().map(String::valueOf).collect(Collectors.joining(" ")),
                        c.tokens().stream()
                                .map(t -> t.fromEpoch() + ">" + t.toEpoch() + " " + t.state()
                                        + (t.waitsFor().isEmpty() ? "" : " (waits for " + t.waitsFor() + ")"))
                                .collect(Collectors.joining(", "))));
        answer.remark(view.messages() + " messages so far, the group is at epoch " + view.epoch());
        view.alarms().forEach(alarm -> answer.remark("ALARM " + alarm));
        return answer;
    }
}
