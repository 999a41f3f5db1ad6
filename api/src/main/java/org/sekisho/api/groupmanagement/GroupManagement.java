// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.groupmanagement;

import org.osgi.annotation.versioning.ProviderType;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.groups.Receipt;

/**
 * The two-random-number scheme by name (S0 figures 4 to 7): each message of the paper is one operation. They are checked to be
 * what they are called, then take the same way as {@link org.sekisho.api.groups.Groups#submit}.
 */
@ProviderType
public interface GroupManagement {

    /** Invitation, acceptance or RN1 transfer, from one terminal to another, sealed and signed by them. */
    Receipt relay(Caller caller, LeafId to, Octets signedEnvelope);

    /** Group member notification: a new signed roster, with RN1's rotation when somebody leaves. */
    Receipt memberNotification(Caller caller, GroupId group, Octets signedEnvelope);

    /** Asks for a fresh RN2 now. */
    Receipt renew(Caller caller, GroupId group);

    ManagementStatus status(Caller caller, GroupId group);
}
