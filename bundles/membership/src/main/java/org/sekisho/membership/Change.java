// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership;

import java.util.List;
import java.util.Set;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.membership.wire.Certification;
import org.sekisho.membership.wire.Strict;

/** A change this member wants and will build on whatever roster is the newest when its turn comes. Kept in a part. */
sealed interface Change {

    /** Octets of the largest: a removal of all leaves a group may have. */
    int MAX_SIZE = Math.max(40 * Policy.MAX_MEMBERS, Certification.MAX_SIZE + 512);

    /** Characters of the longest wish of a scheme's own. */
    int MAX_OWN = 32;

    int VERSION = 1;

    Octets encode();

    /** Add an invitee that accepted; {@code entry.joinedEpoch()} is set when the roster is made. */
    record Add(Hash inviteHash, RosterEntry entry, Certification certification) implements Change {
        @Override
        public Octets encode() {
            return Cbor.encode(
                    VERSION,
                    0,
                    inviteHash,
                    entry.leaf(),
                    entry.idKey(),
                    entry.hpkeKey(),
                    entry.rights().contains(Right.INVITE),
                    entry.certHash(),
                    certification.certificate(),
                    certification.binding(),
                    certification.issuers());
        }
    }

    /** Remove others. */
    record Remove(List<LeafId> leaves) implements Change {
        public Remove {
            leaves = List.copyOf(leaves);
        }

        @Override
        public Octets encode() {
            return Cbor.encode(VERSION, 1, leaves);
        }
    }

    /** Withdraw with all leaves of the own member. */
    record Leave() implements Change {
        @Override
        public Octets encode() {
            return Cbor.encode(VERSION, 2);
        }
    }

    /** What only the scheme understands: it gets its turn. A scheme that does not know the name drops it. */
    record Own(String wish) implements Change {
        @Override
        public Octets encode() {
            return Cbor.encode(VERSION, 3, wish);
        }
    }

    /** Bring a newer policy, which everybody knows already, into force. */
    record Rules(Hash policy) implements Change {
        @Override
        public Octets encode() {
            return Cbor.encode(VERSION, 4, policy);
        }
    }

    static Change decode(Octets part) {
        return Strict.decode("change", part, MAX_SIZE, Change::read);
    }

    private static Change read(CborReader r) {
        r.array(11);
        r.integer(VERSION, VERSION);
        return switch ((int) r.uint(4)) {
            case 0 -> new Add(r.hash(), entry(r), certification(r));
            case 1 -> new Remove(r.list(Policy.MAX_MEMBERS, CborReader::leafId));
            case 2 -> new Leave();
            case 3 -> new Own(r.text(MAX_OWN));
            default -> new Rules(r.hash());
        };
    }

    private static RosterEntry entry(CborReader r) {
        return new RosterEntry(
                r.leafId(),
                r.octetsOf(32),
                r.octetsOf(32),
                r.bool() ? Set.of(Right.INVITE) : Set.of(),
                0,
                r.optional(CborReader::hash));
    }

    private static Certification certification(CborReader r) {
        return new Certification(
                r.octets(Certification.MAX_CERTIFICATE),
                r.octets(Certification.MAX_BINDING),
                r.list(Certification.MAX_ISSUERS, c -> c.octets(Certification.MAX_CERTIFICATE)));
    }
}
