// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Effect;
import org.sekisho.membership.wire.Attachment;
import org.sekisho.membership.wire.Certification;
import org.sekisho.membership.wire.Notification;

/**
 * An announced roster that was checked: it follows the newest one, its sender signed it, and the certificates that came along
 * vouch for everybody it adds. Signature, rights and size are the host's to check, when the roster is adopted; server and
 * members check the same, and nothing that depends on a clock or a configuration, so they agree.
 *
 * @param from who announced it
 * @param removed leaves that leave or get new keys
 * @param added leaves that are new or have new keys
 */
public record Announced(
        LeafId from,
        SignedRoster roster,
        Hash rosterHash,
        List<LeafId> removed,
        List<LeafId> added,
        Optional<Attachment> attachment) {

    public Announced {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }

    /** Server: the announcement is taken; the host adopts the roster and says so ({@code RosterAdopted}). */
    public static Announced take(StepDraft draft, LeafId from, Octets body) {
        // 0030 section 4: the founder's epoch comes first, so that every change has an epoch to be based on.
        StepDraft.require(
                draft.ctx().epoch().isPresent(), ErrorCode.EPOCH_CONFLICT, "the first epoch is not committed");
        Announced announced = check(draft.ctx(), from, Notification.decode(body));
        draft.effect(new Effect.AdoptRoster(announced.roster()));
        return announced;
    }

    static Announced check(Ctx ctx, LeafId from, Notification notification) {
        SignedRoster link = Rosters.target(ctx);
        SignedRoster next = Rosters.follow(ctx.group(), link, notification.signedRoster());
        StepDraft.require(next.signer().equals(from), ErrorCode.BAD_SIGNATURE, "the sender did not sign the roster");
        List<LeafId> added = link.roster().addedBy(next.roster());
        requireVouched(ctx, next.roster(), added, notification.newcomers());
        return new Announced(
                from,
                next,
                Rosters.hash(next),
                link.roster().removedBy(next.roster()),
                added,
                notification.attachment());
    }

    /** F5: certificate, keys and identity of everybody who is new; without it no roster is taken. */
    private static void requireVouched(Ctx ctx, Roster next, List<LeafId> added, List<Certification> newcomers) {
        StepDraft.require(
                added.size() == newcomers.size(), ErrorCode.BAD_CERTIFICATE, "each newcomer has one certificate");
        for (int i = 0; i < added.size(); i++) {
            RosterEntry entry = next.entry(added.get(i)).orElseThrow();
            Hash hash = Vouching.check(
                    ctx.policy().admission(), entry.leaf(), entry.idKey(), entry.hpkeKey(), newcomers.get(i));
            StepDraft.require(
                    entry.certHash().filter(hash::equals).isPresent(),
                    ErrorCode.BAD_CERTIFICATE,
                    "the roster names another certificate");
        }
    }

    /** What {@code scheme} attached. Whatever another scheme attached was made before a switch, and is to be made again. */
    public Optional<Octets> attachedBy(String scheme) {
        boolean own = attachment.filter(a -> !a.scheme().equals(scheme)).isEmpty();
        StepDraft.require(own, ErrorCode.EPOCH_CONFLICT, "made for another scheme");
        return attachment.map(Attachment::body);
    }
}
