// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** A bundle for the benchmark alone: an endpoint that does nothing, to see what the container costs. */
package org.sekisho.bench.echo;
