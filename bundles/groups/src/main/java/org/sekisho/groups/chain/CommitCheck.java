// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.chain;

import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedCommit;

/** Whether a sponsor may have said this. The confirmation tag is for those who know the secret; the gateway cannot check it. */
public final class CommitCheck {

    static final String LABEL = "epoch commit";

    private CommitCheck() {}

    /** The sponsor is in {@code roster}, which the header names, and signed. The header is {@link EpochCheck}'s. */
    public static void check(SignedCommit signed, Roster roster) {
        RosterEntry sponsor = roster.entry(signed.commit().sponsor())
                .orElseThrow(() -> new DeniedException(ErrorCode.NOT_A_MEMBER, "the sponsor is not in the roster"));
        SignatureCheck.require(sponsor.idKey(), LABEL, signed.encoded(), signed.signature());
    }
}
