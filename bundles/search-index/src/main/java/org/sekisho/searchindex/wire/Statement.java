// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.wire;

import org.sekisho.api.Octets;

/** What members sign for the index log. */
public sealed interface Statement permits Manifest, Tombstone, Audit {

    Stand stand();

    /** The octets that are signed. */
    Octets encode();

    /** What the signature is for. */
    String label();
}
