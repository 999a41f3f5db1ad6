// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.gateway;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sekisho.api.Caller;
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
import org.sekisho.client.transport.StoreGateway;
import org.sekisho.messagestore.store.StoreHost;

/** A message store in this process, as one caller; a test may change what it answers. */
public class DirectStore implements StoreGateway {

    private final StoreHost store;
    private final Caller caller;

    public DirectStore(StoreHost store, Caller caller) {
        this.store = store;
        this.caller = caller;
    }

    @Override
    public void upload(GroupId group, MessageId message, int index, boolean last, Octets chunk) {
        store.upload(caller, group, message, index, last, chunk);
    }

    @Override
    public StoredMessage deposit(GroupId group, Deposit deposit) {
        return store.deposit(caller, group, deposit);
    }

    @Override
    public Page<StoredMessage> list(GroupId group, long epoch, Optional<String> cursor, int limit) {
        return store.list(caller, group, epoch, cursor, limit);
    }

    @Override
    public StoredMessage message(GroupId group, MessageId message, long epoch) {
        return store.message(caller, group, message, epoch);
    }

    @Override
    public List<Octets> chunks(GroupId group, MessageId message, int first, int count) {
        return store.chunks(caller, group, message, first, count);
    }

    @Override
    public StoredMessage delete(GroupId group, MessageId message) {
        return store.delete(caller, group, message);
    }

    @Override
    public CohortView submit(GroupId group, Octets statement, SecretBytes token) {
        return store.submit(caller, group, statement, token);
    }

    @Override
    public void state(GroupId group, Octets statement) {
        store.state(caller, group, statement);
    }

    @Override
    public List<CohortView> cohorts(GroupId group) {
        return store.cohorts(caller, group);
    }

    @Override
    public List<KeptStatement> statements(GroupId group, long after, int limit) {
        return store.statements(caller, group, after, limit);
    }

    @Override
    public List<JobView> jobs(GroupId group) {
        return store.jobs(caller, Optional.of(group), Optional.empty(), 100).items();
    }

    @Override
    public Registration watchJobs(GroupId group, Consumer<Optional<JobView>> onJob, Runnable onEnd) {
        Runnable tell = () -> jobs(group).forEach(job -> onJob.accept(Optional.of(job)));
        Registration watching = store.watch(caller, group, tell);
        tell.run();
        return watching;
    }
}
