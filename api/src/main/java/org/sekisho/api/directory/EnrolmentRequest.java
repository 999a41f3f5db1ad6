// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.directory;

import org.sekisho.api.Octets;

/**
 * @param token as given out
 * @param csr PKCS#10 for the participant's Ed25519 identity key (DER)
 * @param hpkeKey X25519 public key
 */
public record EnrolmentRequest(String token, Octets csr, Octets hpkeKey) {

    /** Without the token. */
    @Override
    public String toString() {
        return "EnrolmentRequest[" + csr.size() + " octets]";
    }
}
