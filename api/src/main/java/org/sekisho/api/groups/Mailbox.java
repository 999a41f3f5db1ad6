// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.groups;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.sekisho.api.Caller;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Registration;

/**
 * Store and forward from one participant to another (the communication server of S0): invitations, acceptances, RN1. The
 * gateway checks that the caller signed the envelope and that it is for the addressee.
 */
@ProviderType
public interface Mailbox {

    /** Most entries a mailbox keeps; QUEUE_FULL beyond. */
    int MAX_ENTRIES = 10_000;

    Receipt send(Caller caller, LeafId to, Octets signedEnvelope);

    List<LogEntry> read(Caller caller, long after, int limit);

    /** Forgets entries up to {@code n}. Idempotent. */
    void acknowledge(Caller caller, long n);

    Registration watch(Caller caller, Runnable onNews);
}
