// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.messagestore;

import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Limit;

/** What a member signs about the store. Each kind has a label of its own, so none can pass for another. */
public sealed interface Statement {

    GroupId group();

    /** Who says so, and signed. */
    LeafId by();

    /** The token with this hash turns the cohort from one epoch to another, whose point is this one (protocol note F7). */
    record Tokens(GroupId group, long cohort, long fromEpoch, long toEpoch, Hash token, Octets point, LeafId by)
            implements Statement {
        public Tokens {
            requirePoint(point);
            if (fromEpoch < 1 || toEpoch <= fromEpoch || cohort < 0) {
                throw new RejectedException(ErrorCode.MALFORMED, "a token leads to a later epoch");
            }
        }
    }

    /** I derived this point for the cohort in this epoch. */
    record Point(GroupId group, long cohort, long epoch, Octets point, LeafId by) implements Statement {
        public Point {
            requirePoint(point);
        }
    }

    /** A header of this cohort, turned to this epoch, opened for me; or there is none (protocol note F12). */
    record Status(GroupId group, long cohort, long epoch, LeafId by) implements Statement {}

    /** An administrator wants the last token of the cohort undone. */
    record Undo(GroupId group, long cohort, long fromEpoch, long toEpoch, String reason, LeafId by)
            implements Statement {

        /** Most characters of a reason. */
        public static final int MAX_REASON = 256;

        public Undo {
            Limit.atMost("reason characters", reason.length(), MAX_REASON);
        }
    }

    /** The cohort's join secret, sealed to somebody who was not there (protocol note F7). */
    record Grant(GroupId group, long cohort, LeafId grantee, Octets sealed, LeafId by) implements Statement {

        /** Most octets of a sealed secret. */
        public static final int MAX_SEALED = 256;

        public Grant {
            Limit.atMost("sealed octets", sealed.size(), MAX_SEALED);
        }
    }

    /** The last message of a removed leaf that I have seen; later ones are not believed (protocol note F13). */
    record LastSeen(GroupId group, LeafId removed, long senderSeq, Hash message, LeafId by) implements Statement {}

    private static void requirePoint(Octets point) {
        if (point.size() != 32) {
            throw new RejectedException(ErrorCode.MALFORMED, "a point has 32 octets");
        }
    }
}
