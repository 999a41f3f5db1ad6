// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.history;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.sekisho.api.GroupId;
import org.sekisho.api.Registration;
import org.sekisho.api.group.Limit;
import org.sekisho.api.messagestore.JobView;
import org.sekisho.client.transport.StoreGateway;

/**
 * The watches over jobs of one session: each has a thread and a stream, of which the gateway lets a caller open a few dozen, for all
 * purposes. At most {@value #MOST} at once. Safe for many threads.
 */
final class JobWatches implements AutoCloseable {

    static final int MOST = 16;

    private final Set<JobWatch> open = ConcurrentHashMap.newKeySet();

    /** RejectedException, LIMIT_EXCEEDED: there are too many; close one. */
    synchronized Registration start(GroupId group, StoreGateway gateway, Consumer<JobView> listener) {
        Limit.atMost("watches over jobs", open.size() + 1L, MOST);
        JobWatch watch = JobWatch.start(group, gateway, listener);
        open.add(watch);
        return () -> {
            watch.close();
            open.remove(watch);
        };
    }

    @Override
    public void close() {
        open.forEach(JobWatch::close);
        open.clear();
    }
}
