// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import org.sekisho.searchindex.text.Tokeniser;
import org.sekisho.searchindex.wire.Manifest;

/** A live segment opened for one search. */
record Segment(Manifest manifest, SegmentReader reader, Tokeniser tokeniser) {}
