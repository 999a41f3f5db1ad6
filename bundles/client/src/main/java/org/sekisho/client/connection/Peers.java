// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.connection;

import java.util.Optional;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/** Whom the participant may believe that somebody is. Blocks. */
@FunctionalInterface
public interface Peers {

    /**
     * The Ed25519 key of a leaf that is in no roster known here, checked by its certificate; empty when there is none, or when
     * {@code envelope}, which came from it, claims another identity than that.
     */
    Optional<Octets> key(LeafId leaf, Octets envelope);
}
