// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.time.Instant;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.MalformedException;

/**
 * An administrator's word that this is the present of the group: {@code [1, groupId, rosterSeq, rosterHash, epoch, epochHash,
 * notAfterSeconds]}, the body of an envelope {@value #TYPE} to everyone (protocol note F10). Signed with the envelope. With the
 * epoch's number, so that another hash for a known epoch is evidence of a fork.
 */
record Fresh(GroupId group, long rosterSeq, Hash rosterHash, long epoch, Hash epochHash, Instant notAfter) {

    static final String TYPE = "host/fresh";
    private static final int VERSION = 1;
    private static final int MAX_SIZE = 256;
    private static final long MAX_SECONDS = 253_402_300_799L;

    Octets encode() {
        return Cbor.encode(VERSION, group, rosterSeq, rosterHash, epoch, epochHash, notAfter.getEpochSecond());
    }

    static Fresh decode(Octets encoded) {
        if (encoded.size() > MAX_SIZE) {
            throw new RejectedException(ErrorCode.LIMIT_EXCEEDED, "fresh view too long");
        }
        try {
            CborReader in = new CborReader(encoded);
            in.struct(VERSION, 7);
            Fresh fresh = new Fresh(
                    in.groupId(),
                    in.uint(Long.MAX_VALUE),
                    in.hash(),
                    in.uint(Long.MAX_VALUE),
                    in.hash(),
                    Instant.ofEpochSecond(in.uint(MAX_SECONDS)));
            in.end();
            return fresh;
        } catch (MalformedException e) {
            throw new RejectedException(ErrorCode.MALFORMED, "fresh view: " + e.getMessage());
        }
    }
}
