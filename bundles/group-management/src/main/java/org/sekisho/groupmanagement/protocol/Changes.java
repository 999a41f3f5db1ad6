// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Event;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.groupmanagement.wire.MessageType;
import org.sekisho.groupmanagement.wire.Notification;

/**
 * Member: the changes this member wants, in order, one on its way at a time. Each is built on the newest roster when its turn
 * comes and again when another change was first (ROSTER_CONFLICT), so no wish is lost to a race.
 */
final class Changes {

    static final String TIMER = "change";

    private static final String PREFIX = "todo/";
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration NO_COMMIT = Duration.ofSeconds(10);
    private static final Duration NO_ANSWER = Duration.ofSeconds(60);

    private Changes() {}

    static void add(Draft<MemberState> draft, Change change) {
        boolean room = draft.keys(PREFIX).size() < Draft.PAGE;
        Draft.require(room, ErrorCode.QUEUE_FULL, "changes waiting: at most " + Draft.PAGE);
        draft.put(PREFIX + Octets.ofLong(draft.state.nextKey()).hex(), change.encode());
        draft.state = draft.state.counted();
        pump(draft);
    }

    /** Sends the first change unless one is on its way or an epoch is being prepared; then it is tried again later. */
    static void pump(Draft<MemberState> draft) {
        boolean busy = draft.state.open().isPresent()
                || !draft.state.line().steps().isEmpty()
                || draft.ctx.proposal().isPresent();
        if (draft.keys(PREFIX).isEmpty() || draft.state.asked().isPresent()) {
            return;
        }
        if (busy) {
            draft.timer(TIMER, NO_COMMIT);
        } else {
            send(draft);
        }
    }

    /** The timer: no answer came, or no commit. Goes on, on top of a proposal that nobody commits. */
    static void again(Draft<MemberState> draft) {
        draft.state = draft.state.asking(Optional.empty());
        if (!draft.keys(PREFIX).isEmpty()) {
            send(draft);
        }
    }

    static void armRetry(Draft<MemberState> draft) {
        if (!draft.keys(PREFIX).isEmpty()) {
            draft.timer(TIMER, draft.state.asked().isPresent() ? NO_ANSWER : RETRY);
        }
    }

    private static void send(Draft<MemberState> draft) {
        if (draft.state.phase() != MemberState.Phase.MEMBER || draft.ctx.epoch().isEmpty()) {
            draft.timer(TIMER, NO_COMMIT);
            return;
        }
        for (List<String> keys = draft.keys(PREFIX); !keys.isEmpty(); keys = draft.keys(PREFIX)) {
            Optional<Hash> sent = NextRoster.send(draft, keys);
            if (sent.isPresent()) {
                draft.state = draft.state.asking(sent);
                draft.timer(TIMER, NO_ANSWER);
                return;
            }
        }
    }

    static Change read(Draft<MemberState> draft, String key) {
        return Change.decode(draft.part(key).orElseThrow());
    }

    /** A roster was announced: wishes it fulfils are done, and newcomers this member invited get RN1. */
    static void settle(Draft<MemberState> draft, SignedRoster roster, LeafId announcer) {
        boolean own = announcer.equals(MemberSide.self(draft.ctx));
        for (String key : draft.keys(PREFIX)) {
            Change change = read(draft, key);
            boolean done = NextRoster.fulfils(roster.roster(), change, MemberSide.self(draft.ctx));
            if (done && own && change instanceof Change.Add add) {
                TransferHandler.send(draft, add);
            }
            if (done) {
                draft.delete(key);
            }
        }
        answered(draft, Rosters.hash(roster));
    }

    /** Additions of leaves that were removed meanwhile. */
    static void drop(Draft<MemberState> draft, List<LeafId> removed) {
        for (String key : draft.keys(PREFIX)) {
            if (read(draft, key) instanceof Change.Add add
                    && removed.contains(add.entry().leaf())) {
                draft.delete(key);
            }
        }
    }

    /** RN1 was rotated, by whomever. */
    static void settleRotation(Draft<MemberState> draft) {
        boolean rotating = draft.state.asked().isPresent();
        for (String key : draft.keys(PREFIX)) {
            if (read(draft, key) instanceof Change.Rotate) {
                draft.delete(key);
                if (rotating) {
                    draft.state = draft.state.asking(Optional.empty());
                    rotating = false;
                }
            }
        }
    }

    private static void answered(Draft<MemberState> draft, Hash object) {
        if (draft.state.asked().filter(object::equals).isPresent()) {
            draft.state = draft.state.asking(Optional.empty());
        }
    }

    /** Our message was refused. A conflict means that somebody else was first: build on what is new. */
    static void refused(Draft<MemberState> draft, Event.Refused refused) {
        Hash object =
                switch (refused.type()) {
                    case MessageType.NOTIFY ->
                        Rosters.hash(RosterCodec.decodeSigned(
                                Notification.decode(refused.body()).signedRoster()));
                    case MessageType.ROTATE -> Sha256.hash(refused.body());
                    default -> {
                        draft.notice(
                                "refused",
                                Cbor.encode(refused.type(), refused.code().name()));
                        yield Sha256.hash(refused.body());
                    }
                };
        if (draft.state.asked().filter(object::equals).isEmpty()) {
            return;
        }
        answered(draft, object);
        boolean again =
                switch (refused.code().category()) {
                    case CONFLICT, UNAVAILABLE, INDETERMINATE -> true;
                    case REJECTED, DENIED, NOT_FOUND -> false;
                };
        if (!again) {
            draft.notice(
                    "change-refused", Cbor.encode(refused.type(), refused.code().name()));
            NextRoster.sentWith(draft, draft.keys(PREFIX)).forEach(draft::delete);
        }
        armRetry(draft);
    }

    static void forget(Draft<MemberState> draft) {
        draft.deleteAll(PREFIX);
        draft.state = draft.state.asking(Optional.empty());
        draft.cancel(TIMER);
    }
}
