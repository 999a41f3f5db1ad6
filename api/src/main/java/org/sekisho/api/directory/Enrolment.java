// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.directory;

import java.util.List;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/**
 * @param certificate the participant's (DER)
 * @param chain issuers up to the trust anchor (DER)
 * @param serverKey Ed25519 key of this gateway's Group Management Server, for policies
 */
public record Enrolment(LeafId leaf, Octets certificate, List<Octets> chain, Octets serverKey) {
    public Enrolment {
        chain = List.copyOf(chain);
    }
}
