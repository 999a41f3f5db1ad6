// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.search;

import org.sekisho.api.GroupId;
import org.sekisho.api.SecretBytes;
import org.sekisho.codec.Cbor;
import org.sekisho.crypto.Kdf;
import org.sekisho.crypto.schedule.ExporterSecret;
import org.sekisho.crypto.schedule.KeySchedule;

/**
 * The search key of a cohort, {@code SK_j} (0050, 3.1). Whoever has it computes tokens for the cohort's segments and opens them.
 *
 * @param bytes 32 octets, owned by this object
 */
public record CohortKey(SecretBytes bytes) implements AutoCloseable {

    /** Length in octets. */
    public static final int SIZE = 32;

    public CohortKey {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("a cohort's search key has " + SIZE + " octets");
        }
    }

    /** The key of the cohort whose first epoch has this exporter. */
    public static CohortKey of(ExporterSecret firstEpoch, GroupId group, long cohort) {
        return new CohortKey(KeySchedule.internal(firstEpoch, "sse", Cbor.encode(group, cohort), SIZE));
    }

    /**
     * The key for content of this cohort written or written again under a later one: whoever was removed lacks {@code newest},
     * whoever joined later lacks this (0050, 3.2).
     */
    public CohortKey under(CohortKey newest) {
        return new CohortKey(Kdf.extract(newest.bytes, bytes));
    }

    @Override
    public void close() {
        bytes.close();
    }
}
