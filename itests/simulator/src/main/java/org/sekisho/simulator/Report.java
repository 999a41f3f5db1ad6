// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

/**
 * What happened in a run.
 *
 * @param derived keys that spies derived of epochs they belong to
 * @param switches orders to move to another scheme
 */
public record Report(
        long seed,
        long epochs,
        int sent,
        int received,
        int crashes,
        int swaps,
        int replays,
        int joins,
        int removals,
        long derived,
        int switches) {}
