// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.Party;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.crypto.Hpke;
import org.sekisho.crypto.HpkePublicKey;
import org.sekisho.groupmanagement.wire.Formulas;
import org.sekisho.groupmanagement.wire.MessageType;
import org.sekisho.groupmanagement.wire.Transfer;
import org.sekisho.membership.MemberScheme.Newcomer;

/** RN1 from the inviter to the newcomer, once the roster with the newcomer is adopted. Both sides of it. */
final class TransferHandler {

    private TransferHandler() {}

    /** The inviter's side: RN1 of the generation that the newcomer's roster leads to. */
    static void send(Draft<MemberState> draft, Newcomer newcomer) {
        Ctx ctx = draft.ctx;
        LeafId leaf = newcomer.leaf();
        long gen = draft.state.line().topGen();
        Hash roster = draft.state.line().target();
        Optional<SecretBytes> kept = Rn1Store.get(draft, gen);
        if (kept.isEmpty()) {
            draft.notice("rn1-missing", leaf.value());
            return;
        }
        try (SecretBytes rn1 = kept.get()) {
            Octets context = Transfer.sealContext(ctx.group(), gen, roster, newcomer.inviteHash(), leaf);
            Octets sealed = Hpke.seal(
                    new HpkePublicKey(newcomer.hpkeKey()), Formulas.SEAL_TRANSFER, context, rn1, ctx.entropy());
            Hash commitment = Formulas.rn1Commitment(ctx.group(), gen, rn1);
            var transfer = new Transfer(ctx.group(), gen, roster, newcomer.inviteHash(), commitment, sealed);
            draft.send(new Party.Member(leaf), MessageType.RN1, transfer.encode());
        } catch (IllegalArgumentException smallOrder) {
            draft.notice("bad-key", leaf.value());
        }
    }

    /** The newcomer's side. */
    static void handle(Draft<MemberState> draft, LeafId from, Octets body) {
        Ctx ctx = draft.ctx;
        Transfer transfer = Transfer.decode(body);
        Draft.require(transfer.group().equals(ctx.group()), ErrorCode.WRONG_AUDIENCE, "RN1 of another group");
        boolean waiting = draft.state.phase() == MemberState.Phase.JOINING
                && Belonging.of(draft).awaits(from, transfer.inviteHash());
        Draft.require(waiting, ErrorCode.REPLAYED, "no RN1 is awaited from this leaf");
        Octets context = Transfer.sealContext(
                ctx.group(), transfer.rn1Gen(), transfer.rosterHash(), transfer.inviteHash(), MemberSide.self(ctx));
        Optional<SecretBytes> opened = ctx.open(Formulas.SEAL_TRANSFER, context, transfer.sealed());
        Draft.require(opened.isPresent(), ErrorCode.CANNOT_OPEN, "RN1 does not open");
        try (SecretBytes rn1 = opened.get()) {
            boolean right = Rotations.committed(ctx, transfer.rn1Gen(), rn1, transfer.commitment());
            Draft.require(right, ErrorCode.CANNOT_OPEN, "RN1 does not open");
            Hash step = Formulas.joinStepHash(ctx.group(), transfer.rn1Gen(), transfer.rosterHash());
            JoinLog.joined(draft, Rn1Line.from(transfer.rn1Gen(), Optional.of(step), transfer.rosterHash()), rn1);
        }
    }
}
