// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership;

import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Party;
import org.sekisho.api.scheme.Event;
import org.sekisho.membership.wire.MessageType;

/**
 * A member's part in who belongs to the group, inside the step of its scheme.
 *
 * <p>Guarantees: a wished change is built on the newest roster when its turn comes, and again when another was first, so that no
 * wish is lost to a race; an invitation is answered once and in time; an old answer brings nobody back who was removed; no
 * roster is taken whose newcomers' certificates do not vouch for the keys it gives them (protocol note F5).
 *
 * <p>State: parts whose keys begin with {@link #PREFIX}, complete in themselves: another scheme's instance of the group goes on with
 * them after {@link #resume}. Timers have names with the same prefix.
 *
 * <p>Does not guarantee rights, chain and size of rosters, nor a certificate's path, time and revocation: those are the host's.
 */
public final class Membership {

    /** Of keys and timers. */
    public static final String PREFIX = "member/";

    private final StepDraft draft;
    private final MemberScheme scheme;

    public Membership(StepDraft draft, MemberScheme scheme) {
        this.draft = draft;
        this.scheme = scheme;
    }

    /** First step of a newcomer; {@code params} as {@link Joiner#params} made them. Sends the acceptance. */
    public void begin(Octets params) {
        JoinRequest.send(draft, params);
    }

    /** Whether this leaf answered that invitation of {@code inviter}, and is not in the group yet. */
    public boolean awaits(LeafId inviter, Hash inviteHash) {
        return JoinRequest.awaits(draft, inviter, inviteHash);
    }

    /** The newcomer has what it waited for. */
    public void joined() {
        JoinRequest.forget(draft);
    }

    /** Handles a message of type {@code member/...}. False: it is another's. */
    public boolean message(Event.Message message) {
        switch (message.type()) {
            case MessageType.ACCEPT -> Acceptances.handle(draft, scheme, sender(message), message.body());
            case MessageType.NOTIFY ->
                Announcements.handle(draft, scheme, sender(message), message.body(), message.slice());
            case MessageType.WITHDRAW -> Withdrawals.handle(draft, sender(message), message.body());
            default -> {
                return false;
            }
        }
        return true;
    }

    private static LeafId sender(Event.Message message) {
        StepDraft.require(message.from() instanceof Party.Member, ErrorCode.WRONG_AUDIENCE, "only members send this");
        return ((Party.Member) message.from()).leaf();
    }

    /**
     * Handles the requests {@code invite} [leaf, canInvite, ttlSeconds], {@code accept} [invitation, acceptance], {@code remove}
     * [leaf...], {@code policy} [hash] and {@code leave} []. False: it is another's.
     */
    public boolean request(String name, Octets args) {
        return Requests.handle(draft, scheme, name, args);
    }

    /** False: the timer is another's. */
    public boolean timer(String name) {
        switch (name) {
            case Changes.TIMER -> Changes.again(draft, scheme);
            case Invitations.TIMER -> Invitations.expire(draft);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** A message of this instance was refused. False: it was none of these, nor a wish's. */
    public boolean refused(Event.Refused refused) {
        return Changes.refused(draft, refused);
    }

    /** An epoch was committed, or whatever was prepared is over: the next change may have its turn. */
    public void committed() {
        Changes.pump(draft, scheme);
    }

    /** The instance was started, or took the parts of another over. */
    public void resume() {
        Invitations.arm(draft);
        Changes.armRetry(draft);
    }

    /** A wish of the scheme's own waits for its turn; at most {@value Change#MAX_OWN} characters. */
    public void want(String wish) {
        Changes.add(draft, scheme, new Change.Own(wish));
    }

    /** Wishes of the scheme's own with this name were fulfilled, by whomever. */
    public void fulfilled(String wish) {
        Changes.fulfilled(draft, wish);
    }

    /** Whether a wish is on its way to the server. */
    public boolean waiting() {
        return Changes.asked(draft).isPresent();
    }

    /** This leaf is not in the group any more: everything is forgotten. */
    public void end() {
        JoinRequest.forget(draft);
        Changes.forget(draft);
        Invitations.forget(draft);
    }
}
