// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.directory;

import java.util.Optional;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/**
 * What a holder of a certificate says of itself.
 *
 * @param certificate DER; for a newly enrolled participant the one just issued, for the enterprise's PKI the one of the connection
 * @param binding signature by the certificate's key (see {@link Participant#binding()})
 * @param possession signature by idKey (see {@link Participant#possession()}); needed when the certificate holds another key
 */
public record Registering(
        LeafId leaf, Octets idKey, Octets hpkeKey, Octets certificate, Octets binding, Optional<Octets> possession) {}
