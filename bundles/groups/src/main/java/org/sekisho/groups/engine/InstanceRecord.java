// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.engine;

import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Role;

/**
 * One scheme instance of a group, as stored.
 *
 * @param id from 1; a group has several while it moves from one scheme to another
 * @param stateVersion as the scheme that wrote the head declares
 * @param seq steps done
 * @param partCount parts stored
 * @param partSet combined code of all parts' keys and versions: a part deleted or rolled back is noticed
 * @param head plain; sealed in the store
 * @param status whether it runs
 * @param reason why it does not
 */
record InstanceRecord(
        long id,
        String scheme,
        Role role,
        int stateVersion,
        long seq,
        long partCount,
        Octets partSet,
        Octets head,
        InstanceStatus status,
        String reason) {

    /** One step later: what is written next gets a version of its own. */
    InstanceRecord next() {
        return new InstanceRecord(id, scheme, role, stateVersion, seq + 1, partCount, partSet, head, status, reason);
    }

    InstanceRecord withStatus(InstanceStatus next, String why) {
        return new InstanceRecord(id, scheme, role, stateVersion, seq, partCount, partSet, head, next, why);
    }
}
