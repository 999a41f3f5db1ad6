// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/** Server: who did not answer, and is not asked until it is heard of again, or for a while whatever it says. */
final class Away {

    private static final String PREFIX = "away/";

    private Away() {}

    /** Until it is heard of. */
    static void missed(Draft<ServerState> draft, LeafId leaf) {
        draft.put(PREFIX + leaf, Octets.ofLong(0));
    }

    /** For a while: it leaves attempts half done, or lies. */
    static void flaky(Draft<ServerState> draft, LeafId leaf, Duration how) {
        draft.put(PREFIX + leaf, Octets.ofLong(draft.seconds() + how.toSeconds()));
    }

    static void heard(Draft<ServerState> draft, LeafId leaf) {
        draft.part(PREFIX + leaf)
                .filter(until -> until.toLong() <= draft.seconds())
                .ifPresent(until -> draft.delete(PREFIX + leaf));
    }

    static Set<LeafId> all(Draft<ServerState> draft) {
        Set<LeafId> away = new HashSet<>();
        for (String key : draft.allKeys(PREFIX)) {
            long until = draft.part(key).orElseThrow().toLong();
            if (until == 0 || until > draft.seconds()) {
                away.add(LeafId.parse(key.substring(PREFIX.length())));
            }
        }
        return away;
    }

    /** Who keeps silent; who is merely flaky is better than nobody. */
    static Set<LeafId> silent(Draft<ServerState> draft) {
        Set<LeafId> silent = new HashSet<>();
        for (String key : draft.allKeys(PREFIX)) {
            if (draft.part(key).orElseThrow().toLong() == 0) {
                silent.add(LeafId.parse(key.substring(PREFIX.length())));
            }
        }
        return silent;
    }

    /** Ask everybody again who was merely silent. */
    static void forgetSilent(Draft<ServerState> draft) {
        for (String key : draft.allKeys(PREFIX)) {
            if (draft.part(key).orElseThrow().toLong() <= draft.seconds()) {
                draft.delete(key);
            }
        }
    }
}
