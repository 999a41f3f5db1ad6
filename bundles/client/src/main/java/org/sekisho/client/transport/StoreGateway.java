// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.transport;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.Registration;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.messagestore.CohortView;
import org.sekisho.api.messagestore.Deposit;
import org.sekisho.api.messagestore.JobView;
import org.sekisho.api.messagestore.KeptStatement;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.api.messagestore.StoredMessage;

/**
 * What the SDK asks of a gateway's message store as one participant. Every failure is a {@link
 * org.sekisho.api.SekishoException}; blocks; safe for many threads.
 */
public interface StoreGateway {

    void upload(GroupId group, MessageId message, int index, boolean last, Octets chunk);

    StoredMessage deposit(GroupId group, Deposit deposit);

    Page<StoredMessage> list(GroupId group, long epoch, Optional<String> cursor, int limit);

    StoredMessage message(GroupId group, MessageId message, long epoch);

    List<Octets> chunks(GroupId group, MessageId message, int first, int count);

    StoredMessage delete(GroupId group, MessageId message);

    /** {@code token} is taken over and closed. */
    CohortView submit(GroupId group, Octets statement, SecretBytes token);

    void state(GroupId group, Octets statement);

    List<CohortView> cohorts(GroupId group);

    List<KeptStatement> statements(GroupId group, long after, int limit);

    List<JobView> jobs(GroupId group);

    /**
     * Each job as it is, then again when it has moved on, until closed or broken; an empty one now and then as a sign of life.
     * Opening blocks.
     */
    Registration watchJobs(GroupId group, Consumer<Optional<JobView>> onJob, Runnable onEnd);
}
