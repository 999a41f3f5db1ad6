// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.fake;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.Operation;
import org.sekisho.api.Page;
import org.sekisho.api.Registration;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.messagestore.CohortView;
import org.sekisho.api.messagestore.Deposit;
import org.sekisho.api.messagestore.JobView;
import org.sekisho.api.messagestore.KeptStatement;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.api.messagestore.MessageStore;
import org.sekisho.api.messagestore.ReEncryption;
import org.sekisho.api.messagestore.StoreView;
import org.sekisho.api.messagestore.StoredMessage;
import org.sekisho.api.messagestore.TokenState;

/** The message store as {@link FakeGateway} is the rest: keeps to the access table, remembers, answers with samples. */
public final class FakeStore implements MessageStore, ReEncryption {

    public static final MessageId MESSAGE = MessageId.parse("00112233445566778899aabbccddeeff");
    private static final Octets OCTETS = Octets.of((byte) 1, (byte) 2, (byte) 3);
    private static final Hash HASH = new Hash(Octets.of(new byte[32]));
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private final FakeGateway gateway;

    /** What is answered. */
    public volatile List<JobView> jobs = List.of(job());

    public FakeStore(FakeGateway gateway) {
        this.gateway = gateway;
    }

    public static StoredMessage stored() {
        return new StoredMessage(
                7,
                MESSAGE,
                HASH,
                Optional.of(new StoredMessage.Content(OCTETS, OCTETS, List.of(HASH), 3, OCTETS, List.of(OCTETS))),
                AT);
    }

    public static JobView job() {
        return job(50);
    }

    public static JobView job(long done) {
        return new JobView(
                Samples.GROUP, 1, 2, 3, TokenState.APPLYING, done, 200, 25, AT, AT.plusSeconds(2), Optional.empty());
    }

    public static CohortView cohort() {
        return new CohortView(
                1,
                1,
                2,
                List.of(2L),
                CohortView.State.APPLYING,
                List.of(new CohortView.PointView(2, OCTETS, List.of(Samples.LEAF), true)),
                List.of(new CohortView.TokenView(2, 3, TokenState.APPLYING, Samples.LEAF, Optional.empty(), "")),
                200);
    }

    @Override
    public void upload(Caller caller, GroupId group, MessageId message, int index, boolean last, Octets chunk) {
        gateway.called(Operation.STORE_DEPOSIT, caller, group, message, index, last, chunk);
    }

    @Override
    public StoredMessage deposit(Caller caller, GroupId group, Deposit deposit) {
        gateway.called(Operation.STORE_DEPOSIT, caller, group, deposit);
        return stored();
    }

    @Override
    public Page<StoredMessage> list(Caller caller, GroupId group, long epoch, Optional<String> cursor, int limit) {
        gateway.called(Operation.STORE_READ, caller, group, epoch, cursor, limit);
        return new Page<>(List.of(stored()), Optional.of("next"));
    }

    @Override
    public StoredMessage message(Caller caller, GroupId group, MessageId message, long epoch) {
        gateway.called(Operation.STORE_READ, caller, group, message, epoch);
        return stored();
    }

    @Override
    public List<Octets> chunks(Caller caller, GroupId group, MessageId message, int first, int count) {
        gateway.called(Operation.STORE_READ, caller, group, message, first, count);
        return List.of(OCTETS);
    }

    @Override
    public StoredMessage delete(Caller caller, GroupId group, MessageId message) {
        gateway.called(Operation.STORE_DEPOSIT, caller, group, message);
        return new StoredMessage(7, MESSAGE, HASH, Optional.empty(), AT);
    }

    @Override
    public Registration watch(Caller caller, GroupId group, Runnable onNews) {
        gateway.called(Operation.STORE_READ, caller, group);
        gateway.watchers.add(onNews);
        return () -> gateway.watchers.remove(onNews);
    }

    @Override
    public CohortView submit(Caller caller, GroupId group, Octets statement, SecretBytes token) {
        gateway.called(Operation.STORE_STATE, caller, group, statement, token);
        return cohort();
    }

    @Override
    public void state(Caller caller, GroupId group, Octets statement) {
        gateway.called(Operation.STORE_STATE, caller, group, statement);
    }

    @Override
    public List<CohortView> cohorts(Caller caller, GroupId group) {
        gateway.called(Operation.STORE_READ, caller, group);
        return List.of(cohort());
    }

    @Override
    public List<KeptStatement> statements(Caller caller, GroupId group, long after, int limit) {
        gateway.called(Operation.STORE_READ, caller, group, after, limit);
        return List.of(new KeptStatement(4, OCTETS));
    }

    @Override
    public Page<JobView> jobs(Caller caller, Optional<GroupId> group, Optional<String> cursor, int limit) {
        gateway.called(Operation.STORE_STATUS, caller, group, cursor, limit);
        return new Page<>(jobs, Optional.empty());
    }

    @Override
    public StoreView status(Caller caller, GroupId group) {
        gateway.called(Operation.STORE_STATUS, caller, group);
        return new StoreView(group, 200, 3, List.of(cohort()), List.of());
    }
}
