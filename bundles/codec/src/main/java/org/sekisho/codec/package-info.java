// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Deterministic CBOR, the one encoding of everything that Sekisho hashes, signs, stores or sends.
 *
 * <p>The subset of RFC 8949 section 4.2.1 that is used: integers of 64 bits (signed), byte strings, text strings in
 * Unicode normal form C, booleans, null, and arrays of definite length. No maps, floats, tags or indefinite items.
 * Stored and sent structures are arrays whose first element is a version number; inputs of hashes and key derivations
 * are arrays whose first element is a text label. So neither can be taken for the other.
 *
 * <p>{@link org.sekisho.codec.CborReader} accepts exactly the bytes that {@link org.sekisho.codec.CborWriter} would
 * have produced, so equal values and equal bytes mean the same thing. Every read names the most it will take, and no
 * memory is set aside for a length before that length is known to be present.
 */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.codec;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
