// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership.wire;

import org.sekisho.api.group.Party;

/** Envelope types of membership. They outlive a switch of the scheme. */
public final class MessageType {

    /** What all of them begin with. */
    public static final String PREFIX = "member/";

    /** Inviter to invitee, by mailbox: an {@link org.sekisho.api.group.Invitation}. */
    public static final String INVITE = "member/invite";

    /** Invitee to inviter, by mailbox: {@link Acceptance}. */
    public static final String ACCEPT = "member/accept";

    /** Member to everyone: {@link Notification}. */
    public static final String NOTIFY = "member/notify";

    /** Member to a leaf it removed, by mailbox: {@link Withdrawal}. */
    public static final String WITHDRAW = "member/withdraw";

    private MessageType() {}

    /** Whether a message of {@code type}, one of these, may be addressed so: a roster is announced where all see the same. */
    public static boolean admits(String type, Party to) {
        return type.equals(NOTIFY) ? to instanceof Party.Everyone : to instanceof Party.Member;
    }
}
