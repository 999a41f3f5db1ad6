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
import org.sekisho.api.group.Policy;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;

/** Events as they wait for the application: {@code [1, kind, fields...]}; which order it was came to them later, as the last field. */
final class MemberEventCodec {

    private static final int VERSION = 1;
    private static final int MAX_DETAIL = 8 << 20;
    private static final int MAX_TEXT = 512;

    private MemberEventCodec() {}

    static Octets encode(MemberEvent event) {
        if (event instanceof MemberEvent.Message m) {
            return Cbor.encode(VERSION, 0, m.n(), m.epoch(), m.sender(), m.contentType(), m.plaintext());
        } else if (event instanceof MemberEvent.CannotOpen c) {
            return Cbor.encode(VERSION, 1, c.n());
        } else if (event instanceof MemberEvent.EpochActive e) {
            return Cbor.encode(VERSION, 2, e.epoch(), e.epochHash(), e.members());
        } else if (event instanceof MemberEvent.RosterProposed r) {
            return Cbor.encode(VERSION, 3, r.seq(), r.signer(), r.added(), r.removed());
        } else if (event instanceof MemberEvent.Removed r) {
            return Cbor.encode(VERSION, 4, r.epoch());
        } else if (event instanceof MemberEvent.Notice n) {
            return Cbor.encode(VERSION, 5, Cbor.nfc(n.name()), n.detail());
        } else if (event instanceof MemberEvent.Refused r) {
            return Cbor.encode(VERSION, 6, r.type(), r.code().name(), r.order());
        } else if (event instanceof MemberEvent.Alarm a) {
            return Cbor.encode(VERSION, 7, Cbor.nfc(a.kind()), a.evidence());
        } else if (event instanceof MemberEvent.SchemeSwitch s) {
            return Cbor.encode(VERSION, 8, s.stage().ordinal(), s.from(), s.to(), s.admin(), s.detail(), s.order());
        }
        throw new IllegalArgumentException("unknown event");
    }

    static MemberEvent decode(GroupId group, Octets encoded) {
        CborReader in = new CborReader(encoded);
        int fields = in.array(16);
        in.integer(VERSION, VERSION);
        MemberEvent event =
                switch ((int) in.uint(8)) {
                    case 0 ->
                        new MemberEvent.Message(
                                group,
                                in.uint(Long.MAX_VALUE),
                                in.uint(Long.MAX_VALUE),
                                in.leafId(),
                                in.text(MAX_TEXT),
                                in.octets(Policy.MAX_MESSAGE));
                    case 1 -> new MemberEvent.CannotOpen(group, in.uint(Long.MAX_VALUE));
                    case 2 -> new MemberEvent.EpochActive(group, in.uint(Long.MAX_VALUE), in.hash(), leaves(in));
                    case 3 ->
                        new MemberEvent.RosterProposed(
                                group, in.uint(Long.MAX_VALUE), in.leafId(), leaves(in), leaves(in));
                    case 4 -> new MemberEvent.Removed(group, in.uint(Long.MAX_VALUE));
                    case 5 -> new MemberEvent.Notice(group, in.text(MAX_TEXT), in.octets(MAX_DETAIL));
                    case 6 ->
                        new MemberEvent.Refused(
                                group,
                                in.text(MAX_TEXT),
                                ErrorCode.valueOf(in.text(MAX_TEXT)),
                                fields < 5 ? Optional.empty() : in.optional(CborReader::hash));
                    case 7 -> new MemberEvent.Alarm(group, in.text(MAX_TEXT), in.octets(MAX_DETAIL));
                    default -> schemeSwitch(group, in, fields);
                };
        in.end();
        return event;
    }

    private static MemberEvent schemeSwitch(GroupId group, CborReader in, int fields) {
        var stage = MemberEvent.SchemeSwitch.Stage.values()[
                (int) in.uint(MemberEvent.SchemeSwitch.Stage.values().length - 1)];
        String from = in.text(MAX_TEXT);
        String to = in.text(MAX_TEXT);
        Optional<LeafId> admin = in.optional(CborReader::leafId);
        String detail = in.text(MAX_TEXT);
        Optional<Hash> order = fields < 8 ? Optional.empty() : in.optional(CborReader::hash);
        return new MemberEvent.SchemeSwitch(group, stage, from, to, admin, order, detail);
    }

    private static List<LeafId> leaves(CborReader in) {
        return in.list(Policy.MAX_MEMBERS, CborReader::leafId);
    }
}
