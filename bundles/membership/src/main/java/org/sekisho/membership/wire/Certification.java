// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership.wire;

import java.util.List;
import org.sekisho.api.Octets;

/**
 * What vouches for a leaf's keys.
 *
 * @param certificate DER
 * @param binding by the certificate's key (label "leaf binding"), see {@link org.sekisho.api.directory.Participant#binding()}
 * @param issuers certificates up to the trust anchor (DER), the direct issuer first
 */
public record Certification(Octets certificate, Octets binding, List<Octets> issuers) {

    public static final int MAX_CERTIFICATE = 16 << 10;
    public static final int MAX_BINDING = 1024;
    public static final int MAX_ISSUERS = 8;

    /** Octets of the longest, with room for what is around them. */
    public static final int MAX_SIZE = (MAX_ISSUERS + 1) * MAX_CERTIFICATE + MAX_BINDING + 256;

    public Certification {
        issuers = List.copyOf(issuers);
    }

    /** Octets of all of it. */
    public int size() {
        return certificate.size()
                + binding.size()
                + issuers.stream().mapToInt(Octets::size).sum();
    }
}
