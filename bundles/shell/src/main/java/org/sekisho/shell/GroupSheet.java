// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import org.sekisho.api.Hash;
import org.sekisho.api.groups.GroupView;

/** One group as a sheet of its properties. */
final class GroupSheet {

    private GroupSheet() {}

    static Answer of(GroupView view) {
        Answer sheet = Answer.sheet(view)
                .row("group", view.group())
                .row("title", view.policy().title())
                .row("scheme", view.schemeId())
                .row("blind", (view.blind() ? "yes: " : "no: ") + view.blindReason())
                .row("state", view.state() + (view.stateReason().isEmpty() ? "" : ": " + view.stateReason()))
                .row(
                        "switch",
                        view.pendingSwitch()
                                .map(s -> "to " + s.to() + ", " + s.state()
                                        + (s.reason().isEmpty() ? "" : ": " + s.reason()))
                                .orElse("none"))
                .row("roster", view.rosterSeq() + " " + view.rosterHash())
                .row(
                        "epoch",
                        view.epoch() + view.epochHash().map(GroupSheet::after).orElse(""))
                .row("policy", "version " + view.policy().version())
                .row("history", view.policy().history())
                .row("queued", view.queued())
                .row("dead", view.dead())
                .row("head", view.head())
                .row("created", view.createdAt())
                .row("members", view.members().size());
        view.members().forEach(member -> sheet.row("", member));
        return sheet;
    }

    private static String after(Hash hash) {
        return " " + hash;
    }
}
