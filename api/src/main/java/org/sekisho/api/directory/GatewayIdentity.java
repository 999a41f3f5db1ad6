// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.directory;

import org.osgi.annotation.versioning.ProviderType;
import org.sekisho.api.Octets;

/** The gateway's own signing identity: the Group Management Server's Ed25519 key. The private key never leaves its owner. */
@ProviderType
public interface GatewayIdentity {

    /** Ed25519 public key, 32 octets. */
    Octets serverKey();

    /** Ed25519 over ASCII("sekisho1/" + label) || 0x00 || bytes. */
    Octets sign(String label, Octets bytes);
}
