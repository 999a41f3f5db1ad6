// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * X.509 identities: the gateway's own certificate authority, requests, path validation with revocation lists, PKCS#12
 * files, TLS contexts, and signatures by whatever key a certificate holds.
 *
 * <p>Time is always an argument. Keys and certificates are the JDK's own types, so that its TLS takes them.
 */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.crypto.identity;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
