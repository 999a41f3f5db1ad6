// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/** What the application is told, in order. Kept until the application has had it, over restarts too. */
public sealed interface MemberEvent {

    GroupId group();

    /**
     * An application message, verified and opened.
     *
     * @param n position in the group's log
     * @param plaintext not shown by {@link #toString()}
     */
    record Message(GroupId group, long n, long epoch, LeafId sender, String contentType, Octets plaintext)
            implements MemberEvent {

        /** Without the content. */
        @Override
        public String toString() {
            return "Message[" + group + ", " + n + ", " + plaintext.size() + " octets]";
        }
    }

    /** A message that could not be opened. Why is not said: forged, of another epoch or already seen look the same. */
    record CannotOpen(GroupId group, long n) implements MemberEvent {}

    /** An epoch's keys are in use from now on. */
    record EpochActive(GroupId group, long epoch, Hash epochHash, List<LeafId> members) implements MemberEvent {
        public EpochActive {
            members = List.copyOf(members);
        }
    }

    /** A signed roster was taken as the proposal for the next epoch. */
    record RosterProposed(GroupId group, long seq, LeafId signer, List<LeafId> added, List<LeafId> removed)
            implements MemberEvent {
        public RosterProposed {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
        }
    }

    /** This leaf is no member any more, from this epoch on. Its keys are erased. */
    record Removed(GroupId group, long epoch) implements MemberEvent {}

    /**
     * The group moves to another key-management scheme. Messages go on in all stages but SCHEME_MISSING.
     *
     * @param admin who ordered it; empty when an operator asks for it
     * @param order H(Reinit) of the order this is about; empty when an operator asks for one
     * @param detail why, where there is something to say
     */
    record SchemeSwitch(
            GroupId group,
            Stage stage,
            String from,
            String to,
            Optional<LeafId> admin,
            Optional<Hash> order,
            String detail)
            implements MemberEvent {

        /** How far it is. */
        public enum Stage {
            /** An operator asks the administrators to order it. Nothing happens by itself. */
            ASKED,
            /** Ordered and verified: the new scheme prepares its first epoch. */
            BEGUN,
            /** The new scheme's first epoch is the group's. */
            DONE,
            /** It came to nothing; the old scheme goes on. */
            GIVEN_UP,
            /** The order does not hold, or this program cannot follow it: then this leaf stays behind. */
            REFUSED,
            /**
             * The order holds, and this program does not have the scheme. Nothing of the group is read from here on, and nothing said
             * in later epochs reaches this leaf, until a program that has the scheme goes on with this state: then nothing is lost.
             */
            SCHEME_MISSING
        }
    }

    /** A scheme tells something of its own. */
    record Notice(GroupId group, String name, Octets detail) implements MemberEvent {}

    /**
     * The gateway refused something this leaf or its scheme sent.
     *
     * @param order H(Reinit) where it was an order to switch the scheme
     */
    record Refused(GroupId group, String type, ErrorCode code, Optional<Hash> order) implements MemberEvent {

        /** Of something that is no order. */
        Refused(GroupId group, String type, ErrorCode code) {
            this(group, type, code, Optional.empty());
        }
    }

    /**
     * Somebody misbehaves, or this store is damaged: people should look.
     *
     * @param kind for example {@code FORK}, {@code CONFIRM_TAG}, {@code POISON}
     * @param evidence signed octets where there are any
     */
    record Alarm(GroupId group, String kind, Octets evidence) implements MemberEvent {

        /** The gateway no longer keeps what this leaf has not read. It reads nothing new until it is invited anew. */
        public static final String LOG_EXPIRED = "LOG_EXPIRED";
    }
}
