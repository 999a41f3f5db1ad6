// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec.group;

import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.EpochCommit;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;

/**
 * {@code EpochHeader = [1, groupId, epoch, schemeId, previous|null, rosterHash, policyHash, transcriptHash, cohort]},
 * {@code EpochCommit = [1, EpochHeader, confirmTag, sponsorLeaf]}, {@code SignedCommit = [1, commitBytes, signature]}.
 */
public final class EpochCodec {

    /** Longest encoded header or commit, in octets. */
    public static final int MAX_SIZE = 512;

    /** Longest encoded signed commit, in octets. */
    public static final int MAX_SIGNED = MAX_SIZE + 128;

    /** Length of a confirmation tag, in octets. */
    public static final int TAG_SIZE = 32;

    private static final int MAX_SCHEME_ID = 64;

    private EpochCodec() {}

    public static Octets encode(EpochHeader header) {
        return Strict.encode("epoch header", w -> write(w, header));
    }

    public static EpochHeader decodeHeader(Octets encoded) {
        return Strict.decode("epoch header", encoded, MAX_SIZE, EpochCodec::readHeader);
    }

    public static Octets encode(EpochCommit commit) {
        return Strict.encode("epoch commit", w -> {
            w.array(4).integer(1);
            write(w, commit.header());
            w.bytes(Strict.sized("confirm tag", commit.confirmTag(), TAG_SIZE))
                    .bytes(commit.sponsor().value());
        });
    }

    public static EpochCommit decodeCommit(Octets encoded) {
        return Strict.decode("epoch commit", encoded, MAX_SIZE, r -> {
            r.struct(1, 4);
            EpochHeader header = readHeader(r);
            Octets tag = r.octetsOf(TAG_SIZE);
            LeafId sponsor = r.leafId();
            return new EpochCommit(header, tag, sponsor);
        });
    }

    public static Octets encode(SignedCommit signed) {
        return Strict.encode(
                "signed commit",
                w -> w.array(3).integer(1).bytes(signed.encoded()).bytes(Signatures.sized(signed.signature())));
    }

    public static SignedCommit decodeSigned(Octets encoded) {
        return Strict.decode("signed commit", encoded, MAX_SIGNED, r -> {
            r.struct(1, 3);
            Octets commit = r.octets(MAX_SIZE);
            return new SignedCommit(decodeCommit(commit), commit, r.octetsOf(Signatures.SIZE));
        });
    }

    private static void write(CborWriter w, EpochHeader header) {
        w.array(9).integer(1).bytes(header.group().value()).integer(header.epoch());
        w.text(header.schemeId());
        header.previous().ifPresentOrElse(h -> w.bytes(h.value()), w::nil);
        w.bytes(header.rosterHash().value()).bytes(header.policyHash().value());
        w.bytes(header.transcriptHash().value()).integer(header.cohort());
    }

    private static EpochHeader readHeader(CborReader r) {
        r.struct(1, 9);
        return new EpochHeader(
                r.groupId(),
                r.integer(1, Long.MAX_VALUE),
                r.text(MAX_SCHEME_ID),
                r.optional(CborReader::hash),
                r.hash(),
                r.hash(),
                r.hash(),
                r.uint(Long.MAX_VALUE));
    }
}
