// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * A whole system in one thread: the production gateway host, member hosts and reducers over stores in memory, with a virtual
 * clock, seeded randomness and a network that loses, repeats, delays and forges. A run is a function of its seed.
 */
package org.sekisho.simulator;
