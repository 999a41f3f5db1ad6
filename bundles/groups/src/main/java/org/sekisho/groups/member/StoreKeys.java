// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import org.sekisho.crypto.pre.JoinSecret;
import org.sekisho.crypto.schedule.StoreSecrets;

/**
 * What stored history of an epoch needs; the caller closes it.
 *
 * @param secrets roots of the message store and the search index
 * @param join the join secret of a cohort that begins with this epoch
 */
public record StoreKeys(StoreSecrets secrets, JoinSecret join) implements AutoCloseable {

    @Override
    public void close() {
        secrets.close();
        join.close();
    }
}
