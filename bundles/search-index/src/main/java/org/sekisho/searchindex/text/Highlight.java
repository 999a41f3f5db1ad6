// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.text;

/** A part of a message's text that was looked for: positions of chars, the end exclusive. */
public record Highlight(int start, int end) {}
