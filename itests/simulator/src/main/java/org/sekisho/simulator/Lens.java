// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.util.Optional;
import org.sekisho.api.LeafId;
import org.sekisho.api.scheme.GroupKeyScheme;

/** Stands between a host and a scheme: looks on, or meddles. */
@FunctionalInterface
public interface Lens {

    /** Nothing in between. */
    Lens NONE = (scheme, leaf) -> scheme;

    /**
     * @param scheme what the bundle registers
     * @param leaf whose host it is; empty for the gateway
     */
    GroupKeyScheme over(GroupKeyScheme scheme, Optional<LeafId> leaf);

    /** This one nearer to the scheme, the other nearer to the host. */
    default Lens then(Lens outer) {
        return (scheme, leaf) -> outer.over(over(scheme, leaf), leaf);
    }
}
