// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec.group;

import java.util.Map;
import java.util.TreeMap;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;

/**
 * {@code Envelope = [1, groupId, from, to, generation8, counter, type, issuedAtSeconds, body]}, {@code SignedEnvelope = [1,
 * envelopeBytes, signature, [[leafId, slice]...]]} with slices in ascending order of leaves. A party is {@code [0]} for the
 * server, {@code [1]} for everyone, {@code [2, leafId]} for one leaf; a sender is never everyone.
 */
public final class EnvelopeCodec {

    /** Longest encoded envelope, in octets. */
    public static final int MAX_SIZE = Envelope.MAX_BODY + 512;

    /** Longest encoded signed envelope, in octets, with all slices. */
    public static final int MAX_SIGNED = MAX_SIZE + 128 + Policy.MAX_MEMBERS * (SignedEnvelope.MAX_SLICE + 40);

    /** Length of a generation, in octets. */
    public static final int GENERATION_SIZE = 8;

    private EnvelopeCodec() {}

    /** Time is written in whole seconds. */
    public static Octets encode(Envelope envelope) {
        if (envelope.counter() < 1) {
            throw new RejectedException(ErrorCode.MALFORMED, "counters begin at 1");
        }
        return Strict.encode("envelope", w -> {
            w.array(9).integer(1).bytes(envelope.group().value());
            write(w, sender(envelope.from()));
            write(w, envelope.to());
            w.bytes(Strict.sized("generation", envelope.generation(), GENERATION_SIZE))
                    .integer(envelope.counter())
                    .text(envelope.type());
            Strict.time(w, envelope.issuedAt());
            w.bytes(envelope.body());
        });
    }

    public static Envelope decode(Octets encoded) {
        return Strict.decode("envelope", encoded, MAX_SIZE, r -> {
            r.struct(1, 9);
            return new Envelope(
                    r.groupId(),
                    sender(readParty(r)),
                    readParty(r),
                    r.octetsOf(GENERATION_SIZE),
                    r.integer(1, Long.MAX_VALUE),
                    r.text(Envelope.MAX_TYPE),
                    Strict.time(r),
                    r.octets(Envelope.MAX_BODY));
        });
    }

    public static Octets encode(SignedEnvelope signed) {
        return Strict.encode("signed envelope", w -> {
            w.array(4).integer(1).bytes(signed.encoded()).bytes(Signatures.sized(signed.signature()));
            w.array(signed.slices().size());
            new TreeMap<>(signed.slices())
                    .forEach((leaf, slice) -> w.array(2).bytes(leaf.value()).bytes(slice));
        });
    }

    public static SignedEnvelope decodeSigned(Octets encoded) {
        return Strict.decode("signed envelope", encoded, MAX_SIGNED, r -> {
            r.struct(1, 4);
            Octets envelope = r.octets(MAX_SIZE);
            Octets signature = r.octetsOf(Signatures.SIZE);
            Map<LeafId, Octets> slices = readSlices(r);
            return new SignedEnvelope(decode(envelope), envelope, signature, slices);
        });
    }

    /** The same without slices: what a log keeps and shows. */
    public static SignedEnvelope bare(SignedEnvelope signed) {
        return new SignedEnvelope(signed.envelope(), signed.encoded(), signed.signature(), Map.of());
    }

    private static Map<LeafId, Octets> readSlices(CborReader r) {
        int count = r.array(Policy.MAX_MEMBERS);
        var slices = new TreeMap<LeafId, Octets>();
        for (int i = 0; i < count; i++) {
            r.arrayOf(2);
            LeafId leaf = r.leafId();
            if (!slices.isEmpty() && slices.lastKey().compareTo(leaf) >= 0) {
                throw new RejectedException(ErrorCode.MALFORMED, "slices out of order");
            }
            slices.put(leaf, r.octets(SignedEnvelope.MAX_SLICE));
        }
        return slices;
    }

    private static Party sender(Party party) {
        if (party instanceof Party.Everyone) {
            throw new RejectedException(ErrorCode.MALFORMED, "everyone sends nothing");
        }
        return party;
    }

    private static void write(CborWriter w, Party party) {
        if (party instanceof Party.Member member) {
            w.array(2).integer(2).bytes(member.leaf().value());
        } else {
            w.array(1).integer(party instanceof Party.Server ? 0 : 1);
        }
    }

    private static Party readParty(CborReader r) {
        int fields = r.array(2);
        if (fields == 0) {
            throw new RejectedException(ErrorCode.MALFORMED, "a party has one or two fields");
        }
        if (fields == 2) {
            r.integer(2, 2);
            return new Party.Member(r.leafId());
        }
        return r.uint(1) == 0 ? Party.SERVER : Party.EVERYONE;
    }
}
