// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory.records;

import java.math.BigInteger;
import java.time.Instant;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;

/**
 * A certificate that is refused for good, stored under its hash.
 *
 * @param own whether the own authority issued it, so that it belongs on its revocation list
 * @param notAfter after this it leaves the list
 */
public record RevokedCertificate(LeafId leaf, BigInteger serial, boolean own, Instant notAfter, Instant at) {

    private static final int VERSION = 1;

    /** {@code certificate}, revoked {@code at}. */
    public static RevokedCertificate of(KnownCertificate certificate, Instant at) {
        return new RevokedCertificate(
                certificate.leaf(), certificate.serial(), certificate.own(), certificate.notAfter(), at);
    }

    /** CBOR [1, leaf, serial, own, notAfter, at], times in milliseconds. */
    public Octets encode() {
        return Cbor.encode(VERSION, leaf, serial.toByteArray(), own, notAfter.toEpochMilli(), at.toEpochMilli());
    }

    /** Reads what {@link #encode} wrote. */
    public static RevokedCertificate decode(Octets stored) {
        var in = new CborReader(stored);
        in.struct(VERSION, 6);
        var revoked = new RevokedCertificate(
                in.leafId(),
                Serial.read(in),
                in.bool(),
                Instant.ofEpochMilli(in.integer()),
                Instant.ofEpochMilli(in.integer()));
        in.end();
        return revoked;
    }
}
