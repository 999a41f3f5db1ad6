// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory.firststart;

import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.identity.CertificateAuthority;

/**
 * What a gateway is once it has started.
 *
 * @param authority issues participants' certificates
 * @param serverKey signs as Group Management Server
 * @param enterprise authorities of {@link Places#trust()}, accepted besides the own one
 */
public record Established(CertificateAuthority authority, SigningKey serverKey, EnterpriseTrust enterprise) {}
