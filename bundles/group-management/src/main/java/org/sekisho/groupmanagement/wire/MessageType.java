// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.wire;

/** Envelope types of the scheme. */
public final class MessageType {

    /** Inviter to invitee, by mailbox: an {@link org.sekisho.api.group.Invitation}. */
    public static final String INVITE = "rn12/invite";

    /** Invitee to inviter, by mailbox: {@link Acceptance}. */
    public static final String ACCEPT = "rn12/accept";

    /** Member to everyone: {@link Notification}. */
    public static final String NOTIFY = "rn12/notify";

    /** Member to everyone: {@link Rotation} without a new roster. */
    public static final String ROTATE = "rn12/rotate";

    /** Inviter to newcomer, by mailbox: {@link Transfer}. */
    public static final String RN1 = "rn12/rn1";

    /** Server to everyone: {@link Distribution}. */
    public static final String RN2 = "rn12/rn2";

    /** Server to everyone: {@link SponsorHint}. */
    public static final String SPONSOR = "rn12/sponsor";

    /** Member to server: {@link Renewal}. */
    public static final String RENEW = "rn12/renew";

    /** Member to a leaf it removed, by mailbox: {@link Withdrawal}. */
    public static final String WITHDRAW = "rn12/withdraw";

    private MessageType() {}
}
