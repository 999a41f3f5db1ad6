// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Event;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.membership.wire.MessageType;
import org.sekisho.membership.wire.Notification;
import org.sekisho.membership.wire.Strict;

/**
 * Member: the changes this member wants, in order, one on its way at a time. Each is built on the newest roster when its turn
 * comes and again when another change was first (ROSTER_CONFLICT), so no wish is lost to a race.
 */
final class Changes {

    static final String TIMER = Membership.PREFIX + "change";

    private static final String WAITING = Membership.PREFIX + "todo/";
    private static final String ASKED = Membership.PREFIX + "asked";
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration NO_COMMIT = Duration.ofSeconds(10);
    private static final Duration NO_ANSWER = Duration.ofSeconds(60);
    private static final int MAX_ASKED = 64;

    private Changes() {}

    static void add(StepDraft draft, MemberScheme scheme, Change change) {
        List<String> keys = draft.keys(WAITING);
        boolean room = keys.size() < StepDraft.PAGE;
        StepDraft.require(room, ErrorCode.QUEUE_FULL, "changes waiting: at most " + StepDraft.PAGE);
        long last =
                keys.isEmpty() ? 0 : Long.parseLong(keys.get(keys.size() - 1).substring(WAITING.length()), 16);
        draft.put(WAITING + Octets.ofLong(last + 1).hex(), change.encode());
        pump(draft, scheme);
    }

    /** Hash of the own roster, or of what the scheme sent for its wish, that is on its way to the server. */
    static Optional<Hash> asked(StepDraft draft) {
        return draft.part(ASKED)
                .map(part -> Strict.decode("asked", part, MAX_ASKED, r -> {
                    r.struct(1, 2);
                    return r.hash();
                }));
    }

    private static void asking(StepDraft draft, Hash object) {
        draft.put(ASKED, Cbor.encode(1, object));
    }

    private static void answered(StepDraft draft) {
        if (draft.part(ASKED).isPresent()) {
            draft.delete(ASKED);
        }
    }

    private static void answered(StepDraft draft, Hash object) {
        if (asked(draft).filter(object::equals).isPresent()) {
            answered(draft);
        }
    }

    /** Sends the first change unless one is on its way or an epoch is being prepared; then it is tried again later. */
    static void pump(StepDraft draft, MemberScheme scheme) {
        boolean busy = scheme.preparing() || draft.ctx().proposal().isPresent();
        if (draft.keys(WAITING).isEmpty() || asked(draft).isPresent()) {
            return;
        }
        if (busy) {
            draft.timer(TIMER, NO_COMMIT);
        } else {
            send(draft, scheme);
        }
    }

    /** The timer: no answer came, or no commit. Goes on, on top of a proposal that nobody commits. */
    static void again(StepDraft draft, MemberScheme scheme) {
        answered(draft);
        if (!draft.keys(WAITING).isEmpty()) {
            send(draft, scheme);
        }
    }

    static void armRetry(StepDraft draft) {
        if (!draft.keys(WAITING).isEmpty()) {
            draft.timer(TIMER, asked(draft).isPresent() ? NO_ANSWER : RETRY);
        }
    }

    private static void send(StepDraft draft, MemberScheme scheme) {
        // while a switch is prepared, wishes are the running scheme's to send: its successor gets what is left
        boolean successor = draft.ctx().takeover().isPresent();
        if (!scheme.speaks() || successor || draft.ctx().epoch().isEmpty()) {
            draft.timer(TIMER, NO_COMMIT);
            return;
        }
        for (List<String> keys = draft.keys(WAITING); !keys.isEmpty(); keys = draft.keys(WAITING)) {
            Optional<Hash> sent = NextRoster.send(draft, scheme, keys);
            if (sent.isPresent()) {
                asking(draft, sent.get());
                draft.timer(TIMER, NO_ANSWER);
                return;
            }
        }
    }

    static Change read(StepDraft draft, String key) {
        return Change.decode(draft.part(key).orElseThrow());
    }

    /** A roster was announced: wishes it fulfils are done, and the scheme hears of newcomers this member invited. */
    static void settle(StepDraft draft, MemberScheme scheme, Announced announced) {
        boolean own = announced.from().equals(draft.self());
        for (String key : draft.keys(WAITING)) {
            Change change = read(draft, key);
            boolean done = NextRoster.fulfils(announced.roster().roster(), change, draft.self());
            if (done && own && change instanceof Change.Add add) {
                scheme.broughtIn(new MemberScheme.Newcomer(
                        add.inviteHash(), add.entry().leaf(), add.entry().hpkeKey()));
            }
            if (done) {
                draft.delete(key);
            }
        }
        answered(draft, announced.rosterHash());
    }

    /** Additions of leaves that were removed meanwhile. */
    static void drop(StepDraft draft, List<LeafId> removed) {
        if (removed.isEmpty()) {
            return;
        }
        for (String key : draft.keys(WAITING)) {
            if (read(draft, key) instanceof Change.Add add
                    && removed.contains(add.entry().leaf())) {
                draft.delete(key);
            }
        }
    }

    static void fulfilled(StepDraft draft, String wish) {
        for (String key : draft.keys(WAITING)) {
            if (read(draft, key) instanceof Change.Own own && own.wish().equals(wish)) {
                draft.delete(key);
                answered(draft);
            }
        }
    }

    /** Our message was refused. A conflict means that somebody else was first: build on what is new. */
    static boolean refused(StepDraft draft, Event.Refused refused) {
        boolean roster = refused.type().equals(MessageType.NOTIFY);
        Hash object = roster
                ? Rosters.hash(RosterCodec.decodeSigned(
                        Notification.decode(refused.body()).signedRoster()))
                : Sha256.hash(refused.body());
        if (asked(draft).filter(object::equals).isEmpty()) {
            return roster;
        }
        answered(draft);
        boolean again =
                switch (refused.code().category()) {
                    case CONFLICT, UNAVAILABLE, INDETERMINATE -> true;
                    case REJECTED, DENIED, NOT_FOUND -> false;
                };
        if (!again) {
            draft.notice(
                    "change-refused", Cbor.encode(refused.type(), refused.code().name()));
            NextRoster.sentWith(draft, draft.keys(WAITING)).forEach(draft::delete);
        }
        armRetry(draft);
        return true;
    }

    static void forget(StepDraft draft) {
        draft.deleteAll(WAITING);
        answered(draft);
        draft.cancel(TIMER);
    }
}
