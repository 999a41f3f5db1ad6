// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.Operation;
import org.sekisho.api.Page;
import org.sekisho.api.Registration;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.audit.AuditTrail;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.groups.Groups;
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
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.store.MetaCodec;
import org.sekisho.crypto.store.ShredKeys;
import org.sekisho.messagestore.rows.Scopes;
import org.sekisho.messagestore.rows.StoreRows;
import org.sekisho.messagestore.rows.TokenRow;

/** The message store, without a container around it. Whatever returns is durable. */
public final class StoreHost implements MessageStore, ReEncryption, AutoCloseable {

    private final StoreParts parts;
    private final Deposits deposits;
    private final Readings readings;
    private final Statements statements;
    private final Jobs jobs;
    private final Graces graces;

    /**
     * What the store stands on.
     *
     * @param tokenKeys directory of the keys that tokens are sealed with; shared by gateways that share a database
     * @param workers compute headers, one thread a core
     */
    public record Ground(
            RowStore rows,
            Groups groups,
            GroupHistory history,
            AuditTrail audit,
            ShredKeys tokenKeys,
            ExecutorService workers,
            InstantSource clock,
            Entropy entropy) {}

    /**
     * @param messageOctets longest plaintext of a message
     * @param grace how long an applied token can be undone
     * @param lazy whether tokens are kept and applied at each read; they are then never destroyed (protocol note F21)
     */
    public StoreHost(Ground ground, long messageOctets, Duration grace, boolean lazy) {
        TokenVault vault = new TokenVault(ground.tokenKeys(), ground.entropy());
        this.parts = new StoreParts(
                ground.rows(),
                new GroupBook(ground.groups(), ground.history()),
                vault,
                new Turner(vault),
                ground.audit(),
                new Watchers(),
                ground.clock(),
                new StoreParts.Limits(messageOctets, grace, lazy));
        this.deposits = new Deposits(parts);
        this.readings = new Readings(parts);
        this.statements = new Statements(parts);
        this.jobs = new Jobs(parts, ground.workers(), ground.entropy());
        this.graces = new Graces(parts);
    }

    @Override
    public void upload(Caller caller, GroupId group, MessageId message, int index, boolean last, Octets chunk) {
        deposits.upload(caller, group, message, index, last, chunk);
    }

    @Override
    public StoredMessage deposit(Caller caller, GroupId group, Deposit deposit) {
        return deposits.deposit(caller, group, deposit)
                .orElseGet(() -> readings.message(
                        caller, group, MetaCodec.decode(deposit.meta()).message(), deposit.epoch()));
    }

    @Override
    public Page<StoredMessage> list(Caller caller, GroupId group, long epoch, Optional<String> cursor, int limit) {
        return readings.list(caller, group, epoch, cursor, limit);
    }

    @Override
    public StoredMessage message(Caller caller, GroupId group, MessageId message, long epoch) {
        return readings.message(caller, group, message, epoch);
    }

    @Override
    public List<Octets> chunks(Caller caller, GroupId group, MessageId message, int first, int count) {
        return readings.chunks(caller, group, message, first, count);
    }

    @Override
    public StoredMessage delete(Caller caller, GroupId group, MessageId message) {
        return readings.delete(caller, group, message);
    }

    @Override
    public Registration watch(Caller caller, GroupId group, Runnable onNews) {
        parts.book().member(Operation.STORE_READ, caller, group);
        return parts.watchers().add(group, onNews);
    }

    @Override
    public CohortView submit(Caller caller, GroupId group, Octets statement, SecretBytes token) {
        CohortView view = statements.submit(caller, group, statement, token);
        jobs.touch(group);
        return view;
    }

    @Override
    public void state(Caller caller, GroupId group, Octets statement) {
        statements.state(caller, group, statement);
        jobs.touch(group);
    }

    @Override
    public List<CohortView> cohorts(Caller caller, GroupId group) {
        GroupBook.Member member = parts.book().member(Operation.STORE_READ, caller, group);
        return parts.rows().read(Scopes.of(group), tx -> CohortBook.views(tx, member.facts()));
    }

    @Override
    public List<KeptStatement> statements(Caller caller, GroupId group, long after, int limit) {
        return statements.kept(caller, group, after, Page.checkLimit(limit));
    }

    @Override
    public Page<JobView> jobs(Caller caller, Optional<GroupId> group, Optional<String> cursor, int limit) {
        int most = Page.checkLimit(limit);
        if (group.isPresent()) {
            parts.book().status(caller, group.get());
            List<JobView> found = jobsOf(Scopes.of(group.get()));
            return new Page<>(found.subList(0, Math.min(most, found.size())), Optional.empty());
        }
        Operation.STORE_STATUS.demand(caller);
        List<JobView> found = new ArrayList<>();
        Octets after = cursor.map(Octets::ofBase64).orElse(Octets.EMPTY);
        for (Octets scope : parts.rows().scopes(Table.STORE, after, 500)) {
            if (Scopes.group(scope).isPresent()) {
                found.addAll(jobsOf(scope));
            }
            if (found.size() >= most) {
                return new Page<>(found.subList(0, most), Optional.of(scope.base64()));
            }
        }
        return new Page<>(found, Optional.empty());
    }

    private List<JobView> jobsOf(Octets scope) {
        GroupId group = Scopes.group(scope).orElseThrow();
        return parts.rows().read(scope, StoreRows::tokens).stream()
                .filter(t -> t.times().started() > 0 || t.state() == TokenState.LAZY)
                .sorted(Comparator.comparingLong((TokenRow t) -> t.times().started())
                        .reversed())
                .map(t -> job(group, t))
                .toList();
    }

    private JobView job(GroupId group, TokenRow t) {
        Optional<Instant> destroy = t.state() == TokenState.GRACE
                ? Optional.of(Instant.ofEpochMilli(t.times().applied())
                        .plus(parts.limits().grace()))
                : Optional.empty();
        return new JobView(
                group,
                t.cohort(),
                t.from(),
                t.to(),
                t.state(),
                t.progress().done(),
                t.progress().total(),
                t.working() ? jobs.rate(t) : 0,
                Instant.ofEpochMilli(t.times().started()),
                Instant.ofEpochMilli(t.times().updated()),
                destroy);
    }

    @Override
    public StoreView status(Caller caller, GroupId group) {
        GroupFacts facts = parts.book().status(caller, group);
        return parts.rows().read(Scopes.of(group), tx -> {
            List<CohortView> views = CohortBook.views(tx, facts);
            return new StoreView(group, StoreRows.head(tx), facts.epoch(), views, alarms(tx));
        });
    }

    private List<String> alarms(RowTx tx) {
        List<String> alarms = new ArrayList<>();
        long now = parts.clock().instant().toEpochMilli();
        for (TokenRow t : StoreRows.tokens(tx)) {
            String name = "cohort " + t.cohort() + ", epochs " + t.from() + " to " + t.to();
            if (t.state() == TokenState.GRACE
                    && t.checkedBy().isEmpty()
                    && now > t.times().applied() + parts.limits().grace().toMillis()) {
                alarms.add(name + ": nobody has said that a message opens; the token is kept");
            } else if (t.state() == TokenState.LAZY) {
                alarms.add(name + ": the token is kept and never destroyed");
            }
        }
        return alarms;
    }

    /** Goes on with jobs: one batch of every group that has one; whether there is more to do. */
    public boolean round() {
        return jobs.round();
    }

    /** Finds jobs that were not begun here. */
    public void rebuild() {
        jobs.rebuild();
    }

    /**
     * Ends graces and forgets uploads.
     *
     * @param elapsed since the last time, by a clock that does not jump
     */
    public void sweep(Duration elapsed) {
        graces.sweep(elapsed);
    }

    /** Destroys keys that a crash left behind. Once after a start. */
    public void shredOrphans() {
        graces.shredOrphans();
    }

    /** Erases opened tokens. */
    @Override
    public void close() {
        parts.turner().forgetAll();
    }
}
