// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.groupmanagement.wire.Notification;
import org.sekisho.groupmanagement.wire.Rotation;

/**
 * A notification that was checked against the line and the roster it follows. Signature, rights and size of the roster are
 * the host's to check, when the roster is adopted; server and members check the same here.
 *
 * @param removed leaves that leave or get new keys
 */
record Announced(SignedRoster roster, Hash rosterHash, List<LeafId> removed, Optional<Rotation> rotation) {

    /** Without a {@code line}, as a newcomer has none, the generation is not checked. */
    static Announced check(Ctx ctx, Optional<Rn1Line> line, LeafId from, Notification notification) {
        SignedRoster link = Rosters.target(ctx);
        SignedRoster next = Rosters.follow(ctx.group(), link, notification.signedRoster());
        Hash hash = Rosters.hash(next);
        Draft.require(next.signer().equals(from), ErrorCode.BAD_SIGNATURE, "the sender did not sign the roster");
        List<LeafId> removed = link.roster().removedBy(next.roster());
        Optional<Rotation> rotation =
                notification.rotation().map(bytes -> checkRotation(ctx, line, from, bytes, next.roster(), hash));
        // 0038 section 5.3: whoever leaves never makes the new RN1, so a withdrawal of oneself comes without.
        boolean withoutRotation = ctx.policy().deferRotation() || Rosters.selfWithdrawal(from, removed);
        Draft.require(
                rotation.isPresent() || removed.isEmpty() || withoutRotation,
                ErrorCode.POLICY_VIOLATION,
                "a removal needs a new RN1");
        return new Announced(next, hash, removed, rotation);
    }

    /** A rotation must be the next step, made in this epoch for this roster by a leaf that stays. */
    static Rotation checkRotation(
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

    Rn1Line applyTo(Ctx ctx, Rn1Line line) {
        return rotation.map(r -> line.rotate(r, !removed.isEmpty()))
                .orElseGet(() -> line.join(ctx.group(), rosterHash, !removed.isEmpty()));
    }
}
