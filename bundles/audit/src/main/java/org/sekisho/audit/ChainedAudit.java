// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.sekisho.api.Caller;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.Operation;
import org.sekisho.api.Page;
import org.sekisho.api.RejectedException;
import org.sekisho.api.audit.Audit;
import org.sekisho.api.audit.AuditEntry;
import org.sekisho.api.audit.AuditRecord;
import org.sekisho.api.audit.AuditTrail;
import org.sekisho.api.audit.AuditVerdict;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.RowTx;
import org.sekisho.audit.protocol.ChainWalk;
import org.sekisho.audit.protocol.Head;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Audit trails as hash chains, one per scope, written in the transaction of the deed.
 *
 * <p>What {@link #verify} detects, at once and without the anchor, as long as whoever tampers does not recompute hashes:
 * any change, deletion, insertion, reordering or replacement of a record or of the head, records cut off at the end, and
 * records taken from another scope's trail.
 *
 * <p>What it detects thanks to the anchor, a file outside the database: also tampering by somebody who writes the database
 * and recomputes every hash, removes a whole trail, or puts an older copy of the database back, for all records that had
 * an anchor. A committed record gets its anchor within the configured interval (1 s by default) plus the time of one pass;
 * after a crash, in the first pass of the next start. An anchor never moves onto records that do not follow from it.
 *
 * <p>What it does not detect: records of that last interval removed, or replaced with all hashes recomputed, by somebody
 * who writes the database while the gateway is down or faster than it; tampering by somebody who writes both the database
 * and the anchor file, or runs code in the gateway. Keep copies of the anchor file elsewhere against that.
 *
 * <p>After a database was restored from a backup on purpose, {@link #verify} reports every trail that is behind its anchor
 * until the anchor file is removed by hand.
 *
 * <p>A damaged trail takes no further records where that shows on appending: what would be recorded then fails with
 * STORAGE_UNAVAILABLE. Safe for many threads; {@link #verify} reads the whole trail in one transaction.
 */
@Component(
        service = {AuditTrail.class, Audit.class},
        configurationPid = AuditConfig.PID)
@Designate(ocd = AuditConfig.class)
public final class ChainedAudit implements AuditTrail, Audit {

    private static final Logger LOG = LoggerFactory.getLogger(ChainedAudit.class);

    private static final Duration LONGEST_PASS = Duration.ofSeconds(10);

    private final RowStore rows;
    private final Clock clock;
    private final AnchorKeeper anchors;
    private final ScheduledExecutorService timer;

    @Activate
    public ChainedAudit(@Reference RowStore rows, BundleContext context, AuditConfig config) throws IOException {
        this(
                rows,
                Clock.systemUTC(),
                Path.of(config.directory().replace("${karaf.data}", String.valueOf(context.getProperty("karaf.data")))),
                Duration.ofMillis(config.anchor_interval_milliseconds()));
    }

    ChainedAudit(RowStore rows, Clock clock, Path directory, Duration interval) throws IOException {
        this.rows = rows;
        this.clock = clock;
        this.anchors = new AnchorKeeper(rows, AnchorFile.in(directory), clock);
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "sekisho-audit-anchors");
            thread.setDaemon(true);
            return thread;
        });
        timer.execute(this::lookAtAll);
        timer.scheduleWithFixedDelay(this::catchUp, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void append(RowTx tx, AuditEntry entry) {
        anchors.appended(tx.scope(), new Trail(tx).append(clock.instant(), entry));
    }

    @Override
    public Page<AuditRecord> records(Caller caller, Optional<GroupId> group, long after, int limit) {
        Operation.AUDIT_READ.demand(caller);
        Page.checkLimit(limit);
        if (after < 0) {
            throw new RejectedException(ErrorCode.MALFORMED, "a record's number is not negative");
        }
        List<AuditRecord> found = rows.read(scope(group), tx -> new Trail(tx).records(after, limit));
        boolean more = found.size() == limit;
        return new Page<>(
                found, more ? Optional.of(Long.toString(found.get(limit - 1).n())) : Optional.empty());
    }

    @Override
    public AuditVerdict verify(Caller caller, Optional<GroupId> group) {
        Operation.AUDIT_VERIFY.demand(caller);
        Octets scope = scope(group);
        // Before the transaction begins: so the anchor is not ahead of what the transaction sees.
        Optional<Head> anchor = anchors.anchor(scope);
        return rows.read(scope, tx -> verdict(tx, anchor));
    }

    /** Anchors what was committed and ends. */
    @Deactivate
    void stop() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(LONGEST_PASS.toSeconds(), TimeUnit.SECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        catchUp();
    }

    private static AuditVerdict verdict(RowTx tx, Optional<Head> anchor) {
        var walk = ChainWalk.fromStart(tx.scope(), anchor);
        var trail = new Trail(tx);
        trail.follow(walk);
        if (walk.intact() && trail.strangers(walk.last()) != 0) {
            return new AuditVerdict(false, walk.last().n(), "there are rows that are neither record nor head");
        }
        return new AuditVerdict(walk.intact(), walk.last().n(), walk.problem());
    }

    private void lookAtAll() {
        try {
            anchors.lookAtAll();
        } catch (RuntimeException e) {
            LOG.warn("the trails could not be listed; those without new records keep their anchors", e);
        }
    }

    void catchUp() {
        try {
            anchors.catchUp();
        } catch (IOException | RuntimeException e) {
            // Whatever it was, the timer must go on.
            LOG.error("anchors of audit trails could not be written; trying again", e);
        }
    }

    private static Octets scope(Optional<GroupId> group) {
        return group.map(GroupId::value).orElse(GATEWAY);
    }
}
