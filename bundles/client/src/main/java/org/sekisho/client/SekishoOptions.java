// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.sekisho.client.transport.RetryPolicy;

/**
 * How a session behaves. Immutable.
 *
 * @param trust PEM file of the authorities the gateway's and the peers' certificates must lead to; empty: the last certificate
 *     of the own chain
 * @param streaming server-sent events instead of long poll
 * @param patience how long blocking methods wait
 */
public record SekishoOptions(Optional<Path> trust, boolean streaming, Duration patience, RetryPolicy retry) {

    /** Long poll, 30 seconds. */
    public static final SekishoOptions DEFAULTS =
            new SekishoOptions(Optional.empty(), false, Duration.ofSeconds(30), RetryPolicy.DEFAULT);

    public SekishoOptions withTrust(Path pem) {
        return new SekishoOptions(Optional.of(pem), streaming, patience, retry);
    }

    public SekishoOptions withStreaming() {
        return new SekishoOptions(trust, true, patience, retry);
    }

    public SekishoOptions withPatience(Duration next) {
        return new SekishoOptions(trust, streaming, next, retry);
    }

    /** How long a request is repeated while the gateway cannot be reached. */
    public SekishoOptions withRetry(Duration budget) {
        return new SekishoOptions(trust, streaming, patience, new RetryPolicy(budget, retry.first(), retry.longest()));
    }
}
