// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The primitives, one class each, and the only place that touches a crypto provider.
 *
 * <p>Suites are fixed: SHA-256, HMAC and HKDF over it, Ed25519, X25519, HPKE base mode with AES-256-GCM, AES-256-GCM
 * and ChaCha20-Poly1305. Which AEAD a group uses comes from its policy, never from the message at hand. Every key
 * derivation, signature and seal carries a label, so that one made for a purpose cannot serve another.
 *
 * <p>Failure to decrypt or to authenticate is one outcome, {@link org.sekisho.crypto.AuthenticationFailedException},
 * without a cause. Secrets travel in {@link org.sekisho.api.SecretBytes}; no class here shows one in its text.
 *
 * <p>Providers are never registered globally, and none is looked up by name.
 */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.crypto;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
