// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership;

import java.util.Map;
import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.membership.wire.Attachment;

/** What {@link Membership} asks of the scheme it works for, and tells it, on a member's side. Lives for one step. */
public interface MemberScheme {

    /** Whether this leaf belongs to the group and may change it; false for a newcomer that waits for its first key. */
    boolean speaks();

    /** Whether an epoch is being prepared, so that a change made now would have to be made again. */
    boolean preparing();

    /**
     * Whether this leaf took this roster from somewhere else than its announcement, which comes only now: then it is adopted where
     * it follows, and nothing else happens.
     */
    default boolean knows(SignedRoster roster, Hash hash) {
        return false;
    }

    /**
     * What goes along with a roster this leaf is about to announce.
     *
     * @param removesOthers leaves of others are removed, or get new keys
     */
    default Attached attach(Roster next, Hash hash, boolean removesOthers) {
        return Attached.NOTHING;
    }

    /** A roster was announced and stands every check but the host's and the attachment's. An exception refuses all of it. */
    void announced(Announced announced, Optional<Octets> slice);

    /** This leaf's announcement is in the log, and with it a newcomer this leaf invited. */
    default void broughtIn(Newcomer newcomer) {}

    /**
     * A wish of the scheme's own ({@link Membership#want}) has its turn: sends it.
     *
     * @return hash of the body that was sent; empty when there is nothing to send any more
     */
    default Optional<Hash> turn(String wish) {
        return Optional.empty();
    }

    /** Slices go into the envelope, one per leaf. */
    record Attached(Optional<Attachment> attachment, Map<LeafId, Octets> slices) {

        public static final Attached NOTHING = new Attached(Optional.empty(), Map.of());

        public Attached {
            slices = Map.copyOf(slices);
        }
    }

    /** Who answered which invitation. */
    record Newcomer(Hash inviteHash, LeafId leaf, Octets hpkeKey) {}
}
