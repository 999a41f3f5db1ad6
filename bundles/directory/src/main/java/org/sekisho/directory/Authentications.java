// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.sekisho.api.Caller;

/**
 * What was found out about certificates a short while ago. {@link #forgetAll} also makes what is being found out at that
 * moment void. Bounded: when full, everything is forgotten. Safe for many threads.
 */
final class Authentications {

    private static final int MAX_ENTRIES = 10_000;

    /** @param caller who the certificate's holder is, when it is a participant */
    record Known(CertificateGate.Accepted accepted, Optional<Caller> caller) {}

    private record Entry(Known known, Instant until, long generation) {}

    private final Map<X509Certificate, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong generation = new AtomicLong();
    private final Duration lifetime;

    Authentications(Duration lifetime) {
        this.lifetime = lifetime;
    }

    /** To be read before finding out. */
    long generation() {
        return generation.get();
    }

    Optional<Known> get(X509Certificate certificate, Instant now) {
        Entry entry = entries.get(certificate);
        boolean holds = entry != null && entry.generation() == generation.get() && now.isBefore(entry.until());
        return holds ? Optional.of(entry.known()) : Optional.empty();
    }

    void remember(Known known, Instant now, long generation) {
        if (entries.size() >= MAX_ENTRIES) {
            entries.clear();
        }
        X509Certificate certificate = known.accepted().certificate();
        Instant end = certificate.getNotAfter().toInstant();
        Instant until = now.plus(lifetime);
        entries.put(certificate, new Entry(known, until.isBefore(end) ? until : end, generation));
    }

    void forgetAll() {
        generation.incrementAndGet();
        entries.clear();
    }
}
