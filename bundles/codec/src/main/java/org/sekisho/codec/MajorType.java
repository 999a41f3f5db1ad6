// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec;

/** The major types of RFC 8949 section 3.1 that the subset uses, as the top three bits of an initial byte. */
final class MajorType {

    static final int UINT = 0;
    static final int NINT = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;

    static final int FALSE = 0xf4;
    static final int TRUE = 0xf5;
    static final int NULL = 0xf6;

    private MajorType() {}
}
