// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Proxy re-encryption over the u-coordinates of Curve25519 (protocol note, section 4.4): a header of 32 bytes that a
 * server turns from one epoch's key to another's without being able to open it.
 *
 * <p>Members hold {@link org.sekisho.crypto.pre.EpochScalar}, one per cohort and epoch. The server holds {@link
 * org.sekisho.crypto.pre.ReEncryptionToken}, the quotient of two of them, for as long as a job needs it. Whoever has a
 * token and one of the two scalars has the other one: that is why every cohort has scalars of its own.
 */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.crypto.pre;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
