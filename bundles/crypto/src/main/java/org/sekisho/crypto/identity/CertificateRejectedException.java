// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

/** A certificate, chain, request or revocation list that is not accepted. */
public final class CertificateRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why, in as much detail as the holder may know. */
    public enum Reason {
        /** Not the encoding of what was expected, or too long. */
        MALFORMED,
        /** No path to a trust anchor, or a broken one. */
        UNTRUSTED,
        /** Not valid yet, or not any more. */
        EXPIRED,
        /** On a revocation list. */
        REVOKED,
        /** A revocation list is demanded and there is no current one. */
        REVOCATION_UNKNOWN,
        /** Not for this use. */
        WRONG_PURPOSE,
        /** Key or signature too weak, or of a kind that is not accepted. */
        WEAK,
        /** A request that its key did not sign. */
        NOT_POSSESSED
    }

    private final Reason reason;

    CertificateRejectedException(Reason reason) {
        super("certificate rejected: " + reason, null, false, false);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
