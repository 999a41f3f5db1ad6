// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.scheme;

import java.util.Set;

/**
 * What the host must know of a scheme.
 *
 * @param id stable name, for example {@code two-random}
 * @param prefix what the types of the scheme's own envelopes begin with, a slash at its end: no two schemes share one
 * @param protocol version of what is sent: both ends of a scheme switch must mean the same
 * @param stateVersion version of the state this code writes
 * @param oldestReadable oldest version {@link GroupKeyScheme#migrate} accepts
 * @param blindReason one sentence for people: why the gateway can or cannot read
 */
public record SchemeDescriptor(
        String id,
        String prefix,
        int protocol,
        int stateVersion,
        int oldestReadable,
        Set<Capability> capabilities,
        String blindReason) {

    /** What the types of envelopes about membership begin with, whatever scheme the group runs. */
    public static final String MEMBERSHIP = "member/";

    public SchemeDescriptor {
        capabilities = Set.copyOf(capabilities);
        if (!prefix.endsWith("/") || prefix.equals(MEMBERSHIP) || prefix.equals("host/")) {
            throw new IllegalArgumentException("not a prefix of a scheme: " + prefix);
        }
    }

    /** A scheme whose prefix is its id, in the first version of its protocol. */
    public SchemeDescriptor(
            String id, int stateVersion, int oldestReadable, Set<Capability> capabilities, String blindReason) {
        this(id, id + "/", 1, stateVersion, oldestReadable, capabilities, blindReason);
    }

    public boolean blind() {
        return capabilities.contains(Capability.SERVER_BLIND);
    }
}
