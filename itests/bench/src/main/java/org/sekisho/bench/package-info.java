// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** Benchmarks: each figure stands beside a baseline measured in the same run. */
package org.sekisho.bench;
