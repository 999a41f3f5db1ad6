// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.MalformedException;

/**
 * Says to everyone that a signed commit is not what this leaf derived: {@code [1, kind, signedCommitBytes]}, the body of an
 * envelope {@value #TYPE}.
 *
 * @param kind {@code CONFIRM_TAG}: same header, other secret; {@code UNKNOWN_HEADER}: a header this leaf was never shown;
 *     {@code FORK}: another commit of an epoch that is committed
 */
record Complaint(String kind, Octets proof) {

    static final String TYPE = "host/complaint";
    static final String CONFIRM_TAG = "CONFIRM_TAG";
    static final String UNKNOWN_HEADER = "UNKNOWN_HEADER";
    static final String FORK = "FORK";

    private static final int VERSION = 1;
    private static final int MAX_PROOF = 64 << 10;

    Octets encode() {
        return Cbor.encode(VERSION, kind, proof);
    }

    static Complaint decode(Octets encoded) {
        try {
            CborReader in = new CborReader(encoded);
            in.struct(VERSION, 3);
            Complaint complaint = new Complaint(in.text(32), in.octets(MAX_PROOF));
            in.end();
            return complaint;
        } catch (MalformedException e) {
            throw new RejectedException(ErrorCode.MALFORMED, "complaint: " + e.getMessage());
        }
    }
}
