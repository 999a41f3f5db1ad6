// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.transport;

import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.Registration;
import org.sekisho.api.SekishoException;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.groups.GroupChain;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.api.groups.Receipt;

/**
 * What the SDK asks of a gateway as one participant. Every failure is a {@link org.sekisho.api.SekishoException}; blocks; safe
 * for many threads. A submission may be repeated with the same bytes: it happens once.
 */
public interface Gateway extends Closeable {

    GroupView create(Octets genesis);

    Receipt submit(GroupId group, Octets envelope);

    Receipt post(GroupId group, Octets message);

    GroupChain chain(GroupId group);

    Receipt mail(LeafId to, Octets envelope);

    /** Forgets mail up to {@code n}. */
    void acknowledge(long n);

    /** The revocation list of the gateway's authority (DER). */
    Octets revocationList();

    Participant participant(LeafId leaf);

    Page<Participant> participants(Optional<String> cursor, int limit);

    /**
     * Entries after {@code after} of a group's log, or of the mailbox when {@code group} is empty; waits for news at most
     * {@code wait}. One attempt; does not block.
     */
    CompletableFuture<List<LogEntry>> read(Optional<GroupId> group, long after, int limit, Duration wait);

    /**
     * The same as a stream, until closed or broken; entries come one by one, in order, an empty one now and then as a sign of
     * life. Empty when this gateway is only asked by {@link #read}. Opening blocks.
     */
    Optional<Registration> stream(
            Optional<GroupId> group,
            long after,
            Consumer<Optional<LogEntry>> onEntry,
            Consumer<Optional<SekishoException>> onEnd);

    /** The message store of this gateway; CAPABILITY_ABSENT when it is not asked over this way. */
    default StoreGateway store() {
        throw new UnavailableException(ErrorCode.CAPABILITY_ABSENT, "no message store here");
    }

    /** The same gateway, asked once per call. */
    Gateway once();

    /** Ends waiting reads at once. Idempotent. */
    @Override
    void close();
}
