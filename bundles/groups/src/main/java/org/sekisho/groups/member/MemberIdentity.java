// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.crypto.HpkePrivateKey;
import org.sekisho.crypto.SigningKey;

/**
 * Who a host acts for.
 *
 * @param signing the identity key that stands in rosters
 * @param hpke what is sealed to this leaf is opened with it
 * @param certificate DER
 * @param binding ties leaf and keys to the certificate
 */
public record MemberIdentity(LeafId leaf, SigningKey signing, HpkePrivateKey hpke, Octets certificate, Octets binding) {

    Octets idKey() {
        return signing.verifyingKey().bytes();
    }

    Octets hpkeKey() {
        return hpke.publicKey().bytes();
    }

    /** The leaf only. */
    @Override
    public String toString() {
        return "MemberIdentity[" + leaf + "]";
    }
}
