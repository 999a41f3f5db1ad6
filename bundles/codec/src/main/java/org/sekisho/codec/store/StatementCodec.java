// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec.store;

import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Limit;
import org.sekisho.api.messagestore.SignedStatement;
import org.sekisho.api.messagestore.Statement;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;
import org.sekisho.codec.MalformedException;

/**
 * Statements of members, the kind being part of what is signed:
 *
 * <pre>
 * PreTokens = [1, 0, groupId, by, cohort, fromEpoch, toEpoch, H(CBOR["pre token", token]), point]     "pre tokens"
 * PrePoint  = [1, 1, groupId, by, cohort, epoch, point]                                               "pre point"
 * PreStatus = [1, 2, groupId, by, cohort, epoch]                                                      "pre status"
 * PreUndo   = [1, 3, groupId, by, cohort, fromEpoch, toEpoch, reason]                                 "pre undo"
 * Grant     = [1, 4, groupId, by, cohort, grantee, sealed]                                            "pre J grant"
 * LastSeen  = [1, 5, groupId, by, removed, senderSeq, messageHash]                                    "pre last seen"
 * Signed    = [1, statement, signature]
 * </pre>
 */
public final class StatementCodec {

    /** Longest encoded statement, in octets. */
    public static final int MAX_SIZE = 1536;

    /** Longest signed statement, in octets. */
    public static final int MAX_SIGNED = MAX_SIZE + 80;

    private static final int SIGNATURE = 64;
    private static final int POINT = 32;

    private StatementCodec() {}

    /** The label under which a statement is signed. */
    public static String label(Statement statement) {
        if (statement instanceof Statement.Tokens) {
            return "pre tokens";
        } else if (statement instanceof Statement.Point) {
            return "pre point";
        } else if (statement instanceof Statement.Status) {
            return "pre status";
        } else if (statement instanceof Statement.Undo) {
            return "pre undo";
        } else if (statement instanceof Statement.Grant) {
            return "pre J grant";
        }
        return "pre last seen";
    }

    /** What is signed. */
    public static Octets encode(Statement statement) {
        var w = new CborWriter();
        if (statement instanceof Statement.Tokens s) {
            head(w, 9, 0, s).integer(s.cohort()).integer(s.fromEpoch()).integer(s.toEpoch());
            w.bytes(s.token().value()).bytes(s.point());
        } else if (statement instanceof Statement.Point s) {
            head(w, 7, 1, s).integer(s.cohort()).integer(s.epoch()).bytes(s.point());
        } else if (statement instanceof Statement.Status s) {
            head(w, 6, 2, s).integer(s.cohort()).integer(s.epoch());
        } else if (statement instanceof Statement.Undo s) {
            head(w, 8, 3, s).integer(s.cohort()).integer(s.fromEpoch()).integer(s.toEpoch());
            text(w, s.reason());
        } else if (statement instanceof Statement.Grant s) {
            head(w, 7, 4, s).integer(s.cohort()).bytes(s.grantee().value()).bytes(s.sealed());
        } else if (statement instanceof Statement.LastSeen s) {
            head(w, 7, 5, s).bytes(s.removed().value()).integer(s.senderSeq());
            w.bytes(s.message().value());
        }
        return w.toOctets();
    }

    public static Octets encode(SignedStatement signed) {
        return new CborWriter()
                .array(3)
                .integer(1)
                .bytes(signed.encoded())
                .bytes(signed.signature())
                .toOctets();
    }

    public static SignedStatement decodeSigned(Octets encoded) {
        Limit.atMost("statement octets", encoded.size(), MAX_SIGNED);
        try {
            var r = new CborReader(encoded);
            r.struct(1, 3);
            Octets inner = r.octets(MAX_SIZE);
            Octets signature = r.octetsOf(SIGNATURE);
            r.end();
            return new SignedStatement(decode(inner), inner, signature);
        } catch (MalformedException e) {
            throw new RejectedException(ErrorCode.MALFORMED, "statement: " + e.getMessage());
        }
    }

    private static Statement decode(Octets encoded) {
        var r = new CborReader(encoded);
        int fields = r.array(9);
        if (fields < 6 || r.uint(1) != 1) {
            throw new RejectedException(ErrorCode.MALFORMED, "statement of another version");
        }
        int kind = (int) r.uint(5);
        GroupId group = r.groupId();
        LeafId by = r.leafId();
        Statement statement =
                switch (kind) {
                    case 0 ->
                        new Statement.Tokens(group, number(r), epoch(r), epoch(r), r.hash(), r.octetsOf(POINT), by);
                    case 1 -> new Statement.Point(group, number(r), epoch(r), r.octetsOf(POINT), by);
                    case 2 -> new Statement.Status(group, number(r), epoch(r), by);
                    case 3 ->
                        new Statement.Undo(
                                group, number(r), epoch(r), epoch(r), r.text(4 * Statement.Undo.MAX_REASON), by);
                    case 4 ->
                        new Statement.Grant(group, number(r), r.leafId(), r.octets(Statement.Grant.MAX_SEALED), by);
                    default -> new Statement.LastSeen(group, r.leafId(), r.integer(1, Long.MAX_VALUE), r.hash(), by);
                };
        r.end();
        if (!encode(statement).equals(encoded)) {
            throw new RejectedException(ErrorCode.MALFORMED, "statement out of shape");
        }
        return statement;
    }

    private static CborWriter head(CborWriter w, int fields, int kind, Statement statement) {
        return w.array(fields)
                .integer(1)
                .integer(kind)
                .bytes(statement.group().value())
                .bytes(statement.by().value());
    }

    private static void text(CborWriter w, String text) {
        try {
            w.text(text);
        } catch (IllegalArgumentException e) {
            throw new RejectedException(ErrorCode.MALFORMED, "statement: " + e.getMessage());
        }
    }

    private static long number(CborReader r) {
        return r.uint(Long.MAX_VALUE);
    }

    private static long epoch(CborReader r) {
        return r.integer(1, Long.MAX_VALUE);
    }
}
