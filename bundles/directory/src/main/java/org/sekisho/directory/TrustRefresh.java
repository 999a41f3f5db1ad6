// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.sekisho.api.Caller;
import org.sekisho.api.audit.AuditEntry;
import org.sekisho.api.audit.AuditTrail;
import org.sekisho.api.store.RowStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the trust directory again and again, so that authorities and revocation lists change without a restart. A change is
 * recorded, and so is, once for each reason, one that was refused: then what was in force stays in force.
 */
@Component(immediate = true, service = TrustRefresh.class, configurationPid = GatewayConfig.PID)
public final class TrustRefresh {

    private static final Logger LOG = LoggerFactory.getLogger(TrustRefresh.class);

    private final RowStore rows;
    private final AuditTrail audit;
    private final GatewayKeys keys;
    private final ScheduledExecutorService timer;
    private String refused = "";

    @Activate
    public TrustRefresh(
            @Reference RowStore rows, @Reference AuditTrail audit, @Reference GatewayKeys keys, GatewayConfig config) {
        this(rows, audit, keys);
        int pause = Math.max(1, config.trust_seconds());
        timer.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.SECONDS);
    }

    TrustRefresh(RowStore rows, AuditTrail audit, GatewayKeys keys) {
        this.rows = rows;
        this.audit = audit;
        this.keys = keys;
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "sekisho-trust");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Deactivate
    void close() {
        timer.shutdownNow();
    }

    void look() {
        try {
            if (keys.refreshTrust()) {
                var trusted = keys.enterprise();
                record(
                        "ok",
                        trusted.roots().size() + " authorities, "
                                + trusted.revocationLists().size() + " revocation lists");
            }
            refused = "";
        } catch (IOException e) {
            refuse(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("cannot look at the trust directory", e);
        }
    }

    private void refuse(String reason) {
        if (!reason.equals(refused)) {
            LOG.warn("the trust directory is not taken over, what was in force stays: {}", reason);
            record("alarm", reason);
            refused = reason;
        }
    }

    private void record(String outcome, String detail) {
        rows.transact(AuditTrail.GATEWAY, tx -> {
            audit.append(tx, new AuditEntry(Caller.GATEWAY.name(), "directory.trust", "etc/trust", outcome, detail));
            return outcome;
        });
    }
}
