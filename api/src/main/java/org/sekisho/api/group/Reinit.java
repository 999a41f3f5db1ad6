// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.group;

import java.time.Instant;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;

/**
 * An administrator's order to move a live group to another key-management scheme (protocol note F19). It names everything the
 * switch is based on, so it can be carried out only where, and only as, it was meant.
 *
 * @param reinitId 16 random octets
 * @param fromEpoch the current epoch
 * @param epochHash its hash
 * @param oldScheme the scheme in use
 * @param newScheme another one, which the policy allows
 * @param newSchemeVersion version of its protocol
 * @param paramsHash hash of what the new instances are created with
 * @param rosterHash the newest roster: the next epoch's
 * @param policyHash the policy that roster names
 * @param usePsk true exactly when leaves and keys of that roster are those of {@code fromEpoch}: then the first epoch of the new
 *     scheme also takes a key derived from the last of the old
 * @param notAfter until then commits of the old scheme are refused; in whole seconds
 */
public record Reinit(
        GroupId group,
        Octets reinitId,
        long fromEpoch,
        Hash epochHash,
        String oldScheme,
        String newScheme,
        long newSchemeVersion,
        Hash paramsHash,
        Hash rosterHash,
        Hash policyHash,
        boolean usePsk,
        Instant notAfter) {

    /** Length of {@code reinitId}, in octets. */
    public static final int ID_SIZE = 16;

    public Reinit {
        if (reinitId.size() != ID_SIZE || fromEpoch < 1 || newSchemeVersion < 1 || oldScheme.equals(newScheme)) {
            throw new RejectedException(ErrorCode.MALFORMED, "scheme switch out of shape");
        }
    }
}
