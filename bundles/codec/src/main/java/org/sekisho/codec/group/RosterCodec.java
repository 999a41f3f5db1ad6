// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec.group;

import java.util.EnumSet;
import java.util.Set;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;

/**
 * {@code Roster = [1, groupId, seq, previous|null, [[leafId, idKey, hpkeKey, rights, joinedEpoch, certHash|null]...],
 * policyHash]}, {@code SignedRoster = [1, rosterBytes, signerLeaf, signature]}. Rights are the sum of {@link Right#bit()}.
 */
public final class RosterCodec {

    /** Longest encoded roster, in octets; enough for {@link Policy#MAX_MEMBERS} entries. */
    public static final int MAX_SIZE = 2 << 20;

    /** Longest encoded signed roster, in octets. */
    public static final int MAX_SIGNED = MAX_SIZE + 128;

    private static final int ALL_RIGHTS = 7;

    private RosterCodec() {}

    public static Octets encode(Roster roster) {
        return Strict.encode("roster", w -> {
            w.array(6).integer(1).bytes(roster.group().value()).integer(roster.seq());
            roster.previous().ifPresentOrElse(h -> w.bytes(h.value()), w::nil);
            w.array(roster.entries().size());
            roster.entries().forEach(e -> write(w, e));
            w.bytes(roster.policyHash().value());
        });
    }

    public static Roster decode(Octets encoded) {
        return Strict.decode("roster", encoded, MAX_SIZE, r -> {
            r.struct(1, 6);
            return new Roster(
                    r.groupId(),
                    r.uint(Long.MAX_VALUE),
                    r.optional(CborReader::hash),
                    r.list(Policy.MAX_MEMBERS, RosterCodec::readEntry),
                    r.hash());
        });
    }

    public static Octets encode(SignedRoster signed) {
        return Strict.encode("signed roster", w -> w.array(4)
                .integer(1)
                .bytes(signed.encoded())
                .bytes(signed.signer().value())
                .bytes(Signatures.sized(signed.signature())));
    }

    public static SignedRoster decodeSigned(Octets encoded) {
        return Strict.decode("signed roster", encoded, MAX_SIGNED, r -> {
            r.struct(1, 4);
            Octets roster = r.octets(MAX_SIZE);
            LeafId signer = r.leafId();
            return new SignedRoster(decode(roster), roster, signer, r.octetsOf(Signatures.SIZE));
        });
    }

    private static void write(CborWriter w, RosterEntry entry) {
        w.array(6)
                .bytes(entry.leaf().value())
                .bytes(Strict.sized("identity key", entry.idKey(), 32))
                .bytes(Strict.sized("sealing key", entry.hpkeKey(), 32))
                .integer(entry.rights().stream().mapToInt(Right::bit).sum())
                .integer(entry.joinedEpoch());
        entry.certHash().ifPresentOrElse(h -> w.bytes(h.value()), w::nil);
    }

    private static RosterEntry readEntry(CborReader r) {
        r.arrayOf(6);
        return new RosterEntry(
                r.leafId(),
                r.octetsOf(32),
                r.octetsOf(32),
                rights((int) r.uint(ALL_RIGHTS)),
                r.uint(Long.MAX_VALUE),
                r.optional(CborReader::hash));
    }

    private static Set<Right> rights(int bits) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        for (Right right : Right.values()) {
            if ((bits & right.bit()) != 0) {
                rights.add(right);
            }
        }
        return rights;
    }
}
