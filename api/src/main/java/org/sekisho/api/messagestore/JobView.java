// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.messagestore;

import java.time.Instant;
import java.util.Optional;
import org.sekisho.api.GroupId;

/**
 * A job that turns the headers of a cohort.
 *
 * @param done headers looked at
 * @param total headers when it began
 * @param perSecond headers a second of late; 0 when it does not run here
 */
public record JobView(
        GroupId group,
        long cohort,
        long fromEpoch,
        long toEpoch,
        TokenState state,
        long done,
        long total,
        double perSecond,
        Instant startedAt,
        Instant updatedAt,
        Optional<Instant> destroyAfter) {}
