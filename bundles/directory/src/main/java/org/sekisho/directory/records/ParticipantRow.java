// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory.records;

import java.time.Instant;
import org.sekisho.api.Octets;
import org.sekisho.api.directory.Participant;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;

/** How a participant is stored. */
public final class ParticipantRow {

    private static final int VERSION = 1;
    private static final int KEY = 32;
    private static final int MAX_CERTIFICATE = 16 << 10;
    private static final int MAX_BINDING = 1 << 10;

    private ParticipantRow() {}

    /** CBOR of the components in their order after the version, times in milliseconds. */
    public static Octets encode(Participant p) {
        return Cbor.encode(
                VERSION,
                p.leaf(),
                p.name(),
                p.idKey(),
                p.hpkeKey(),
                p.certificate(),
                p.certHash(),
                p.issuerHash(),
                p.binding(),
                p.enrolledAt().toEpochMilli(),
                p.notAfter().toEpochMilli(),
                p.revokedAt().map(Instant::toEpochMilli));
    }

    /** Reads what {@link #encode} wrote. */
    public static Participant decode(Octets stored) {
        var in = new CborReader(stored);
        in.struct(VERSION, 12);
        var participant = new Participant(
                in.leafId(),
                in.text(Names.MAX_UTF8),
                in.octetsOf(KEY),
                in.octetsOf(KEY),
                in.octets(MAX_CERTIFICATE),
                in.hash(),
                in.hash(),
                in.octets(MAX_BINDING),
                Instant.ofEpochMilli(in.integer()),
                Instant.ofEpochMilli(in.integer()),
                in.optional(at -> Instant.ofEpochMilli(at.integer())));
        in.end();
        return participant;
    }
}
