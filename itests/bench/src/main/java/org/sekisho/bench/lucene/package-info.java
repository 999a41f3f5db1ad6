// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** Lucene as a bundle: the baseline behind the same REST stack. */
package org.sekisho.bench.lucene;
