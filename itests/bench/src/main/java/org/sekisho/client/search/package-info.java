// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** Ways into the SDK for benchmarks. */
package org.sekisho.client.search;
