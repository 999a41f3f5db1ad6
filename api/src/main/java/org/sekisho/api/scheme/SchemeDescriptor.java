// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.scheme;

import java.util.Set;

/**
 * What the host must know of a scheme.
 *
 * @param id stable name, for example {@code two-random}
 * @param stateVersion version of the state this code writes
 * @param oldestReadable oldest version {@link GroupKeyScheme#migrate} accepts
 * @param blindReason one sentence for people: why the gateway can or cannot read
 */
public record SchemeDescriptor(
        String id, int stateVersion, int oldestReadable, Set<Capability> capabilities, String blindReason) {

    public SchemeDescriptor {
        capabilities = Set.copyOf(capabilities);
    }

    public boolean blind() {
        return capabilities.contains(Capability.SERVER_BLIND);
    }
}
