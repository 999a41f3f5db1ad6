// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory.records;

import java.time.Instant;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;

/**
 * An invitation nobody has used yet, stored under the hash of its token.
 *
 * @param leaf the leaf to be
 * @param subject of the certificate to be, RFC 2253
 * @param expiry in whole milliseconds
 */
public record OpenInvitation(LeafId leaf, String subject, Instant expiry) {

    private static final int VERSION = 1;

    /** CBOR [1, leaf, subject, expiry in milliseconds]. */
    public Octets encode() {
        return Cbor.encode(VERSION, leaf, subject, expiry.toEpochMilli());
    }

    /** Reads what {@link #encode} wrote. */
    public static OpenInvitation decode(Octets stored) {
        var in = new CborReader(stored);
        in.struct(VERSION, 4);
        var invitation = new OpenInvitation(in.leafId(), in.text(Names.MAX_UTF8), Instant.ofEpochMilli(in.integer()));
        in.end();
        return invitation;
    }
}
