// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.sekisho.api.store.RowStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the row store as a service when its database is open, not before: whoever needs rows to begin does not begin, and does
 * not fail, while there are none. A database that cannot be opened is tried again after a pause, which grows from two
 * seconds to {@value #LONGEST_PAUSE_SECONDS}. Opening happens in the background; once offered, the store stays until this component goes.
 */
@Component(
        service = {},
        immediate = true)
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=org.sekisho.api.store.RowStore",
        uses = RowStore.class)
public final class RowStoreOffer {

    static final long LONGEST_PAUSE_SECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(RowStoreOffer.class);

    private final BundleContext context;
    private final DataSource dataSource;
    private final long firstPauseNanos;
    private boolean closed;
    private @Nullable Offered offered;

    @Activate
    public RowStoreOffer(
            BundleContext context, @Reference(target = "(osgi.jndi.service.name=sekisho)") DataSource dataSource) {
        this(context, dataSource, TimeUnit.SECONDS.toNanos(1));
    }

    RowStoreOffer(BundleContext context, DataSource dataSource, long firstPauseNanos) {
        this.context = context;
        this.dataSource = dataSource;
        this.firstPauseNanos = firstPauseNanos;
        Thread thread = new Thread(this::openAndOffer, "sekisho-database-opening");
        thread.setDaemon(true);
        thread.start();
    }

    private void openAndOffer() {
        String known = "";
        long pause = firstPauseNanos;
        do {
            try {
                offer(JdbcRowStore.open(dataSource));
                return;
            } catch (RuntimeException e) {
                String problem = String.valueOf(e.getMessage());
                if (!isClosed() && !problem.equals(known)) {
                    LOG.error("the database cannot be used: {}; it is tried again", problem);
                    LOG.debug("the database cannot be used", e);
                }
                known = problem;
            }
            pause = Math.min(2 * pause, TimeUnit.SECONDS.toNanos(LONGEST_PAUSE_SECONDS));
        } while (!isClosedAfter(pause));
    }

    /** Not under the lock: those who need rows begin within this call, in this thread. */
    private void offer(JdbcRowStore store) {
        if (isClosed()) {
            store.close();
            return;
        }
        Offered now = new Offered(
                store, context.registerService(RowStore.class, store, FrameworkUtil.asDictionary(Map.of())));
        synchronized (this) {
            if (!closed) {
                offered = now;
                return;
            }
        }
        now.withdraw();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized boolean isClosedAfter(long nanos) {
        long end = System.nanoTime() + nanos;
        try {
            for (long left = nanos; left > 0 && !closed; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
            }
            return closed;
        } catch (InterruptedException e) {
            LOG.debug("interrupted while waiting for the database", e);
            return true;
        }
    }

    /** An opening under way is not waited for: its connection ends with the DataSource, and what it did not commit is undone. */
    @Deactivate
    void close() {
        Offered last;
        synchronized (this) {
            closed = true;
            notifyAll();
            last = offered;
        }
        if (last != null) {
            last.withdraw();
        }
    }

    /** A store and its registration. */
    private record Offered(JdbcRowStore store, ServiceRegistration<RowStore> registration) {

        void withdraw() {
            try {
                registration.unregister();
            } catch (IllegalStateException e) {
                LOG.debug("the framework was faster", e);
            }
            store.close();
        }
    }
}
