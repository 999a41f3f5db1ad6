// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.util.ArrayList;
import java.util.List;
import org.sekisho.api.LeafId;

/** Server: a few of those a round waits for, for people to see. Looks at every place of the ring once in a round. */
final class Awaiting {

    private Awaiting() {}

    /** A round begins; answers are kept under {@code prefix}. */
    static ServerRun begin(Draft<ServerState> draft, ServerRun run, String prefix) {
        return fill(draft, run.awaiting(List.of(), 0), prefix);
    }

    static ServerRun heard(Draft<ServerState> draft, ServerRun run, LeafId from, String prefix) {
        List<LeafId> left = run.awaited().stream().filter(l -> !l.equals(from)).toList();
        return fill(draft, run.awaiting(left, run.looked()), prefix);
    }

    private static ServerRun fill(Draft<ServerState> draft, ServerRun run, String prefix) {
        List<LeafId> awaited = new ArrayList<>(run.awaited());
        int next = run.looked();
        for (; next < run.count() && awaited.size() < ServerRun.MAX_AWAITED; next++) {
            if (draft.part(prefix + LeafPages.number(next)).isEmpty()) {
                awaited.add(LeafPages.at(draft, LeafPages.ACTIVE, next));
            }
        }
        return run.awaiting(awaited, next);
    }
}
