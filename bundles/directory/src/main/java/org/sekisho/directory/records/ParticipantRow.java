// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory.records;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.Octets;
import org.sekisho.api.directory.Participant;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.MalformedException;
import org.sekisho.crypto.identity.CertificatePath;
import org.sekisho.crypto.identity.Fingerprint;

/** How a participant is stored. */
public final class ParticipantRow {

    private static final int VERSION = 2;
    private static final int FIELDS = 14;
    private static final int VERSION_1 = 1;
    private static final int FIELDS_1 = 12;
    private static final int MAX_ISSUERS = CertificatePath.MAX_LENGTH;
    private static final int SIGNATURE = 64;
    private static final int KEY = 32;
    private static final int MAX_CERTIFICATE = 16 << 10;
    private static final int MAX_BINDING = 1 << 10;

    private ParticipantRow() {}

    /** CBOR of the components but the fingerprint, in their order after the version, times in milliseconds. */
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
                p.possession(),
                p.issuers(),
                p.enrolledAt().toEpochMilli(),
                p.notAfter().toEpochMilli(),
                p.revokedAt().map(Instant::toEpochMilli));
    }

    /** Reads what {@link #encode} wrote, and version 1, which had neither possession nor issuers. */
    public static Participant decode(Octets stored) {
        var in = new CborReader(stored);
        boolean first = in.array(FIELDS) == FIELDS_1;
        if (in.integer() != (first ? VERSION_1 : VERSION)) {
            throw new MalformedException("unknown version", 0);
        }
        var leaf = in.leafId();
        String name = in.text(Names.MAX_UTF8);
        Octets idKey = in.octetsOf(KEY);
        var participant = new Participant(
                leaf,
                name,
                idKey,
                in.octetsOf(KEY),
                in.octets(MAX_CERTIFICATE),
                in.hash(),
                in.hash(),
                in.octets(MAX_BINDING),
                first ? Optional.empty() : in.optional(signature -> signature.octetsOf(SIGNATURE)),
                first ? List.of() : in.list(MAX_ISSUERS, issuer -> issuer.octets(MAX_CERTIFICATE)),
                Fingerprint.of(idKey),
                Instant.ofEpochMilli(in.integer()),
                Instant.ofEpochMilli(in.integer()),
                in.optional(at -> Instant.ofEpochMilli(at.integer())));
        in.end();
        return participant;
    }
}
