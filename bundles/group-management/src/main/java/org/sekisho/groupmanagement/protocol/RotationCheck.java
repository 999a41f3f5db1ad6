// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Roster;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.groupmanagement.wire.Rotation;
import org.sekisho.membership.Rosters;

/** What server and members check of a rotation, alike. */
final class RotationCheck {

    private RotationCheck() {}

    /** A rotation must be the next step, made in this epoch for this roster by a leaf that stays. */
    static Rotation check(
            Ctx ctx, Optional<Rn1Line> line, LeafId from, Octets encoded, Roster roster, Hash rosterHash) {
        Rotation rotation = Rotation.decode(encoded);
        Draft.require(rotation.group().equals(ctx.group()), ErrorCode.WRONG_AUDIENCE, "a rotation of another group");
        Draft.require(rotation.sponsor().equals(from), ErrorCode.BAD_SIGNATURE, "the sender is not the sponsor");
        Draft.require(roster.contains(from), ErrorCode.NOT_A_MEMBER, "the sponsor does not stay");
        Draft.require(rotation.rosterHash().equals(rosterHash), ErrorCode.ROSTER_CONFLICT, "another roster");
        boolean next = line.filter(l -> rotation.rn1Gen() != l.topGen() + 1).isEmpty()
                && rotation.base().equals(ctx.epoch().map(Ctx.EpochView::epochHash));
        Draft.require(next, ErrorCode.EPOCH_CONFLICT, "RN1 has changed meanwhile");
        return rotation;
    }

    /** Everybody who stays may rotate after a withdrawal, else those who may remove. */
    static void requireRight(boolean needed, LeafId from, Roster roster) {
        boolean may =
                roster.entry(from).filter(e -> needed || Rosters.mayRemove(e)).isPresent();
        Draft.require(may, ErrorCode.POLICY_VIOLATION, "this leaf may not rotate RN1 now");
    }
}
