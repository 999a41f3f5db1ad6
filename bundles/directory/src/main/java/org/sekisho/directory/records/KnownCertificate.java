// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory.records;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;

/**
 * A certificate the directory has to do with, stored under its hash.
 *
 * @param leaf whose it is
 * @param serial the issuer's number
 * @param own whether the own authority issued it
 * @param notAfter in whole milliseconds
 * @param hpkeKey what it was enrolled with; empty for certificates of other authorities
 */
public record KnownCertificate(
        LeafId leaf, BigInteger serial, boolean own, Instant notAfter, Optional<Octets> hpkeKey) {

    private static final int VERSION = 1;
    private static final int KEY = 32;

    /** CBOR [1, leaf, serial, own, notAfter in milliseconds, hpkeKey or null]. */
    public Octets encode() {
        return Cbor.encode(VERSION, leaf, serial.toByteArray(), own, notAfter.toEpochMilli(), hpkeKey);
    }

    /** Reads what {@link #encode} wrote. */
    public static KnownCertificate decode(Octets stored) {
        var in = new CborReader(stored);
        in.struct(VERSION, 6);
        var certificate = new KnownCertificate(
                in.leafId(),
                Serial.read(in),
                in.bool(),
                Instant.ofEpochMilli(in.integer()),
                in.optional(key -> key.octetsOf(KEY)));
        in.end();
        return certificate;
    }
}
