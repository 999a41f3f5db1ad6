// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Caller;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.RejectedException;
import org.sekisho.api.groups.Receipt;
import org.sekisho.api.groups.SchemeSwitches;
import org.sekisho.api.groups.SwitchView;

/**
 * Scheme switches, as far as an operator has a say: see them, ask for one, give one up. The order itself takes the signature of a
 * group's administrator, which no gateway has.
 */
@Service
@Command(
        scope = "sekisho",
        name = "scheme-switch",
        description = "shows a group's scheme switch; asks its administrators for one; gives one up")
public final class SchemeSwitchCommand extends SekishoCommand {

    @Reference(optional = true)
    @Nullable SchemeSwitches switches;

    @Argument(index = 0, name = "group", required = true, description = "id of the group")
    @Completion(GroupIdCompleter.class)
    String group = "";

    @Option(name = "--to", description = "asks the group's administrators to order a switch to this scheme")
    @Completion(SchemeIdCompleter.class)
    String to = "";

    @Option(name = "--give-up", description = "ends the new scheme's preparation; the old scheme goes on")
    boolean giveUp;

    @Option(name = "--reason", description = "told to the administrators")
    String reason = "";

    @Option(name = "--yes", description = "does not ask for confirmation")
    boolean yes;

    @Override
    Answer answer(Caller caller) throws IOException {
        GroupId id = GroupId.parse(group);
        SchemeSwitches service = present(switches, "the groups service");
        if (giveUp && !to.isEmpty()) {
            throw new RejectedException(ErrorCode.MALFORMED, "either --to or --give-up");
        }
        if (giveUp) {
            Consent.ask(session, yes, "Give the scheme switch of " + id + " up?");
            return sheet(Optional.of(service.giveUp(caller, id, reason)));
        }
        return to.isEmpty() ? sheet(service.pending(caller, id)) : ask(service, caller, id);
    }

    private Answer ask(SchemeSwitches service, Caller caller, GroupId id) {
        Receipt receipt = service.ask(caller, id, to, reason);
        return Answer.sheet(receipt)
                .row("asked for", to)
                .row("entry", receipt.n())
                .remark("The group's administrators are told; one of them must order it (SDK: group.switchScheme).");
    }

    private static Answer sheet(Optional<SwitchView> pending) {
        if (pending.isEmpty()) {
            return Answer.sheet(List.of()).remark("No scheme switch is under way.");
        }
        SwitchView view = pending.get();
        return Answer.sheet(view)
                .row("from", view.from())
                .row("to", view.to())
                .row("state", view.state() + (view.reason().isEmpty() ? "" : ": " + view.reason()))
                .row("after epoch", view.fromEpoch())
                .row("ordered by", view.admin())
                .row("until", view.notAfter())
                .row("tied to the old epoch", view.usePsk() ? "yes" : "no: the roster changes with it")
                .row("queued", view.queued())
                .row("order", view.reinit());
    }
}
