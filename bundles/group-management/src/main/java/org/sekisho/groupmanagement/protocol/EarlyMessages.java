// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Effect;
import org.sekisho.api.scheme.Event;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.groupmanagement.protocol.MemberState.Phase;
import org.sekisho.groupmanagement.wire.Distribution;
import org.sekisho.groupmanagement.wire.MessageType;
import org.sekisho.groupmanagement.wire.Notification;
import org.sekisho.groupmanagement.wire.Rotation;
import org.sekisho.groupmanagement.wire.Strict;

/**
 * Member: the messages of the log, in its order. RN1 comes to a newcomer on another way (mailbox) and may be late; until then
 * what the log says is kept as it came, sealed slices included, and done afterwards, one epoch after the other.
 */
final class EarlyMessages {

    private static final String PREFIX = "early/";
    private static final int MAX_SIZE = Envelope.MAX_BODY + SignedEnvelope.MAX_SLICE + 256;

    private EarlyMessages() {}

    private record Kept(String type, Optional<LeafId> from, Octets body, Optional<Octets> slice) {}

    static void inOrder(Draft<MemberState> draft, Event.Message m) {
        Optional<LeafId> from = m.from() instanceof Party.Member member ? Optional.of(member.leaf()) : Optional.empty();
        var message = new Kept(m.type(), from, m.body(), m.slice());
        if (draft.state.phase() == Phase.JOINING) {
            whileJoining(draft, message);
        } else if (draft.keys(PREFIX).isEmpty()) {
            handle(draft, message);
        } else {
            keep(draft, message);
            drain(draft);
        }
    }

    private static void handle(Draft<MemberState> draft, Kept m) {
        switch (m.type()) {
            case MessageType.NOTIFY ->
                NotificationHandler.handle(draft, m.from().orElseThrow(), m.body(), m.slice());
            case MessageType.ROTATE -> RotationHandler.handle(draft, m.from().orElseThrow(), m.body(), m.slice());
            case MessageType.RN2 -> DistributionHandler.handle(draft, m.body(), m.slice());
            default -> CommitHandler.hint(draft, m.body());
        }
    }

    /** A rotation that this leaf can open makes it a full member; rosters are followed up to the first with this leaf. */
    private static void whileJoining(Draft<MemberState> draft, Kept m) {
        if (m.type().equals(MessageType.SPONSOR)) {
            return;
        }
        if (m.type().equals(MessageType.NOTIFY)) {
            notifiedWhileJoining(draft, m);
        } else if (m.type().equals(MessageType.ROTATE)) {
            SignedRoster target = Rosters.target(draft.ctx);
            boolean resolved = target.roster().contains(MemberSide.self(draft.ctx))
                    && joinedBy(draft, Rotation.decode(m.body()), target, m.slice());
            if (!resolved) {
                keep(draft, m);
            }
        } else {
            Distribution.decode(m.body());
            // Without a slice it is for an epoch before this leaf's.
            if (m.slice().isPresent()) {
                keep(draft, m);
            }
        }
    }

    private static void notifiedWhileJoining(Draft<MemberState> draft, Kept m) {
        Notification notification = Notification.decode(m.body());
        SignedRoster roster = RosterCodec.decodeSigned(notification.signedRoster());
        boolean member = roster.roster().contains(MemberSide.self(draft.ctx));
        boolean already = MemberSide.targetRoster(draft.ctx).contains(MemberSide.self(draft.ctx));
        if (!already) {
            Draft.require(
                    NotificationHandler.follows(draft.ctx, roster), ErrorCode.ROSTER_CONFLICT, "not the next roster");
            draft.effect(new Effect.AdoptRoster(roster));
        }
        Optional<Rotation> rotation = notification.rotation().map(Rotation::decode);
        boolean resolved = member
                && rotation.filter(r -> joinedBy(draft, r, roster, m.slice())).isPresent();
        if (member && !resolved) {
            keep(draft, m);
        }
    }

    private static boolean joinedBy(
            Draft<MemberState> draft, Rotation rotation, SignedRoster roster, Optional<Octets> slice) {
        var hash = Rosters.hash(roster);
        if (!rotation.rosterHash().equals(hash) || !rotation.group().equals(draft.ctx.group())) {
            return false;
        }
        Optional<SecretBytes> opened = Rotations.open(draft.ctx, rotation, slice);
        if (opened.isEmpty()) {
            return false;
        }
        try (SecretBytes rn1 = opened.get()) {
            var line = Rn1Line.from(rotation.rn1Gen(), Optional.of(rotation.hash()), hash);
            TransferHandler.joined(draft, line, rn1);
        }
        return true;
    }

    /** Goes on with what was kept, until an epoch or a roster must take effect first. */
    static void drain(Draft<MemberState> draft) {
        if (draft.state.phase() != Phase.MEMBER) {
            return;
        }
        List<String> keys = draft.keys(PREFIX);
        for (int i = 0; i < keys.size() && !draft.adopts(); i++) {
            Kept next = read(draft, keys.get(i));
            if (mustWait(draft, next, keys.subList(i + 1, keys.size()))) {
                return;
            }
            draft.delete(keys.get(i));
            try {
                handle(draft, next);
            } catch (SekishoException e) {
                draft.effect(new Effect.Audit("rn12.early-skipped", next.type() + " " + e.code()));
            }
        }
    }

    /** An epoch is pending and its commit will come, unless RN2 was given out once more for the same epoch. */
    private static boolean mustWait(Draft<MemberState> draft, Kept next, List<String> later) {
        if (draft.state.open().isEmpty() || next.type().equals(MessageType.SPONSOR)) {
            return false;
        }
        long pending = draft.state.open().orElseThrow().epoch();
        return epoch(next) != pending && later.stream().map(k -> read(draft, k)).noneMatch(m -> epoch(m) == pending);
    }

    private static long epoch(Kept message) {
        return message.type().equals(MessageType.RN2)
                ? Distribution.decode(message.body()).epoch()
                : 0;
    }

    static void forget(Draft<MemberState> draft) {
        draft.deleteAll(PREFIX);
    }

    private static void keep(Draft<MemberState> draft, Kept m) {
        boolean room = draft.keys(PREFIX).size() < Draft.PAGE;
        Draft.require(room, ErrorCode.QUEUE_FULL, "messages before RN1: at most " + Draft.PAGE);
        draft.put(
                PREFIX + Octets.ofLong(draft.state.nextKey()).hex(),
                Cbor.encode(1, m.type(), m.from(), m.body(), m.slice()));
        draft.state = draft.state.counted();
    }

    private static Kept read(Draft<MemberState> draft, String key) {
        return Strict.decode("early message", draft.part(key).orElseThrow(), MAX_SIZE, r -> {
            r.struct(1, 5);
            return new Kept(
                    r.text(Envelope.MAX_TYPE),
                    r.optional(CborReader::leafId),
                    r.octets(Envelope.MAX_BODY),
                    r.optional(s -> s.octets(SignedEnvelope.MAX_SLICE)));
        });
    }
}
