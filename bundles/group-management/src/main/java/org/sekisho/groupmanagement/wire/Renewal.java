// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.wire;

import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;
import org.sekisho.membership.wire.Strict;

/**
 * Asks the server for a fresh RN2: {@code [1, groupId, epoch]}.
 *
 * @param epoch the epoch the member is in; a request from an earlier one has been answered already
 */
public record Renewal(GroupId group, long epoch) {

    private static final int MAX_SIZE = 64;

    public Octets encode() {
        return Cbor.encode(1, group, epoch);
    }

    public static Renewal decode(Octets encoded) {
        return Strict.decode("renewal", encoded, MAX_SIZE, r -> {
            r.struct(1, 3);
            return new Renewal(r.groupId(), r.integer(1, Long.MAX_VALUE));
        });
    }
}
