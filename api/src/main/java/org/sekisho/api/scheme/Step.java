// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.scheme;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;

/** The answer of a reducer. */
public sealed interface Step {

    int MAX_EFFECTS = 10_000;
    int MAX_WRITES = 4 << 20;

    /**
     * Go on.
     *
     * @param head the new head; small, since every step writes it
     * @param parts rows to write or, with an empty value, to delete
     * @param effects at most {@link #MAX_EFFECTS}
     */
    record Next(Octets head, List<Part> parts, List<Effect> effects) implements Step {
        public Next {
            parts = List.copyOf(parts);
            effects = List.copyOf(effects);
        }
    }

    /** The event is wrong: nothing changes, the sender is told. */
    record Refuse(ErrorCode code, String reason) implements Step {}

    /** One keyed row of an instance's state; keys at most 96 characters of ASCII. */
    record Part(String key, Optional<Octets> value) {}

    static Next next(Octets head, Effect... effects) {
        return new Next(head, List.of(), List.of(effects));
    }
}
