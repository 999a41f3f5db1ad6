// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.wire;

/** Envelope types of the scheme's own, beside those of {@link org.sekisho.membership.wire.MessageType}. */
public final class MessageType {

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

    private MessageType() {}
}
