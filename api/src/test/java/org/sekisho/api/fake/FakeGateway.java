// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.fake;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Operation;
import org.sekisho.api.Page;
import org.sekisho.api.Registration;
import org.sekisho.api.audit.Audit;
import org.sekisho.api.audit.AuditRecord;
import org.sekisho.api.audit.AuditVerdict;
import org.sekisho.api.directory.Directory;
import org.sekisho.api.directory.Enrolment;
import org.sekisho.api.directory.EnrolmentRequest;
import org.sekisho.api.directory.EnrolmentToken;
import org.sekisho.api.directory.GatewayView;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.directory.Registering;
import org.sekisho.api.groupmanagement.GroupManagement;
import org.sekisho.api.groupmanagement.ManagementStatus;
import org.sekisho.api.groups.ChainPage;
import org.sekisho.api.groups.EpochRecord;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.Groups;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.api.groups.Mailbox;
import org.sekisho.api.groups.Receipt;
import org.sekisho.api.groups.SchemeSwitches;
import org.sekisho.api.groups.SchemeView;
import org.sekisho.api.groups.SwitchView;
import org.sekisho.api.searchindex.IndexAnswer;
import org.sekisho.api.searchindex.IndexLease;
import org.sekisho.api.searchindex.IndexQuery;
import org.sekisho.api.searchindex.IndexStatus;
import org.sekisho.api.searchindex.IndexWriting;
import org.sekisho.api.searchindex.Leakage;
import org.sekisho.api.searchindex.SearchIndex;
import org.sekisho.api.searchindex.SegmentPart;

/**
 * Every service of the gateway in one object that keeps to the access table, remembers what it was asked and answers
 * with {@link Samples}. A caller's roles count as they stand, also the ones that a real gateway finds in a roster.
 */
public final class FakeGateway
        implements Directory,
                Groups,
                GroupHistory,
                SchemeSwitches,
                Mailbox,
                GroupManagement,
                Audit,
                SearchIndex,
                IndexWriting {

    /** What was asked, by whom, with what. Recorded before the access table is looked at. */
    public record Call(Operation operation, Caller caller, List<Object> arguments) {}

    public final List<Call> calls = new CopyOnWriteArrayList<>();
    public final List<LogEntry> log = new CopyOnWriteArrayList<>();
    public final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    public volatile Receipt.State state = Receipt.State.DONE;
    public volatile Optional<RuntimeException> failure = Optional.empty();

    void called(Operation operation, Caller caller, Object... arguments) {
        calls.add(new Call(operation, caller, Arrays.asList(arguments)));
        failure.ifPresent(e -> {
            throw e;
        });
        operation.demand(caller);
    }

    public Call lastCall() {
        return calls.get(calls.size() - 1);
    }

    /** Appends to the log that everybody reads and tells who watches. */
    public void append(LogEntry entry) {
        log.add(entry);
        watchers.forEach(Runnable::run);
    }

    private Receipt receipt() {
        return new Receipt(11, state);
    }

    private List<LogEntry> after(long after, int limit) {
        return log.stream().filter(e -> e.n() > after).limit(limit).toList();
    }

    private Registration watching(Runnable onNews) {
        watchers.add(onNews);
        return () -> watchers.remove(onNews);
    }

    @Override
    public EnrolmentToken invite(Caller caller, String subject, Duration lifetime) {
        called(Operation.DIRECTORY_INVITE, caller, subject, lifetime);
        return Samples.token();
    }

    @Override
    public Enrolment enrol(Caller caller, EnrolmentRequest request) {
        called(Operation.DIRECTORY_ENROL, caller, request);
        return Samples.enrolment();
    }

    @Override
    public Participant register(Caller caller, Registering registering) {
        called(Operation.DIRECTORY_REGISTER, caller, registering);
        return Samples.participant();
    }

    @Override
    public Participant participant(Caller caller, LeafId leaf) {
        called(Operation.DIRECTORY_READ, caller, leaf);
        return Samples.participant();
    }

    @Override
    public Page<Participant> participants(Caller caller, Optional<String> cursor, int limit) {
        called(Operation.DIRECTORY_LIST, caller, cursor, limit);
        return new Page<>(List.of(Samples.participant()), Optional.of("more"));
    }

    @Override
    public void revoke(Caller caller, LeafId leaf, String reason) {
        called(Operation.DIRECTORY_REVOKE, caller, leaf, reason);
    }

    @Override
    public GatewayView gateway(Caller caller) {
        called(Operation.DIRECTORY_GATEWAY, caller);
        return new GatewayView(Samples.KEY, Samples.BYTES);
    }

    @Override
    public Octets revocationList(Caller caller) {
        called(Operation.DIRECTORY_CRL, caller);
        return Samples.BYTES;
    }

    @Override
    public GroupView create(Caller caller, Octets genesis) {
        called(Operation.GROUP_CREATE, caller, genesis);
        return Samples.group();
    }

    @Override
    public GroupView group(Caller caller, GroupId group) {
        called(Operation.GROUP_READ, caller, group);
        return Samples.group();
    }

    @Override
    public Page<GroupView> groups(Caller caller, Optional<String> cursor, int limit) {
        called(Operation.GROUP_LIST, caller, cursor, limit);
        return new Page<>(List.of(Samples.group()), Optional.empty());
    }

    @Override
    public Receipt submit(Caller caller, GroupId group, Octets signedEnvelope) {
        called(Operation.GROUP_SUBMIT, caller, group, signedEnvelope);
        return receipt();
    }

    @Override
    public Receipt post(Caller caller, GroupId group, Octets sealedMessage) {
        called(Operation.GROUP_POST, caller, group, sealedMessage);
        return receipt();
    }

    @Override
    public List<LogEntry> read(Caller caller, GroupId group, long after, int limit) {
        called(Operation.GROUP_LOG, caller, group, after, limit);
        return after(after, limit);
    }

    @Override
    public Registration watch(Caller caller, GroupId group, Runnable onNews) {
        called(Operation.GROUP_LOG, caller, group);
        return watching(onNews);
    }

    @Override
    public ChainPage chain(Caller caller, GroupId group, Optional<String> cursor) {
        called(Operation.GROUP_CHAIN, caller, group);
        return Samples.chain();
    }

    @Override
    public Page<EpochRecord> epochs(Caller caller, GroupId group, long after, int limit) {
        called(Operation.GROUP_EPOCHS, caller, group, after, limit);
        return new Page<>(List.of(Samples.epoch()), Optional.empty());
    }

    @Override
    public List<SchemeView> schemes(Caller caller) {
        called(Operation.SCHEME_LIST, caller);
        return List.of(Samples.scheme());
    }

    @Override
    public GroupView suspend(Caller caller, GroupId group, String reason) {
        called(Operation.SCHEME_SUSPEND, caller, group, reason);
        return Samples.group();
    }

    @Override
    public GroupView resume(Caller caller, GroupId group) {
        called(Operation.SCHEME_SUSPEND, caller, group);
        return Samples.group();
    }

    @Override
    public Map<String, String> inspect(Caller caller, GroupId group) {
        called(Operation.GROUP_READ, caller, group);
        return Map.of("phase", "IDLE");
    }

    @Override
    public Receipt request(Caller caller, GroupId group, String name, Octets args) {
        called(Operation.MANAGEMENT_RENEW, caller, group, name, args);
        return receipt();
    }

    @Override
    public Receipt send(Caller caller, LeafId to, Octets signedEnvelope) {
        called(Operation.MAILBOX_SEND, caller, to, signedEnvelope);
        return receipt();
    }

    @Override
    public List<LogEntry> read(Caller caller, long after, int limit) {
        called(Operation.MAILBOX_READ, caller, after, limit);
        return after(after, limit);
    }

    @Override
    public void acknowledge(Caller caller, long n) {
        called(Operation.MAILBOX_READ, caller, n);
    }

    @Override
    public Registration watch(Caller caller, Runnable onNews) {
        called(Operation.MAILBOX_READ, caller);
        return watching(onNews);
    }

    @Override
    public Receipt relay(Caller caller, LeafId to, Octets signedEnvelope) {
        called(Operation.MAILBOX_SEND, caller, to, signedEnvelope);
        return receipt();
    }

    @Override
    public Receipt memberNotification(Caller caller, GroupId group, Octets signedEnvelope) {
        called(Operation.GROUP_SUBMIT, caller, group, signedEnvelope);
        return receipt();
    }

    @Override
    public Receipt renew(Caller caller, GroupId group) {
        called(Operation.MANAGEMENT_RENEW, caller, group);
        return receipt();
    }

    @Override
    public ManagementStatus status(Caller caller, GroupId group) {
        called(Operation.MANAGEMENT_STATUS, caller, group);
        return Samples.management();
    }

    @Override
    public Page<AuditRecord> records(Caller caller, Optional<GroupId> group, long after, int limit) {
        called(Operation.AUDIT_READ, caller, group, after, limit);
        return new Page<>(List.of(Samples.audit()), Optional.empty());
    }

    @Override
    public AuditVerdict verify(Caller caller, Optional<GroupId> group) {
        called(Operation.AUDIT_VERIFY, caller, group);
        return Samples.verdict();
    }

    @Override
    public IndexAnswer search(Caller caller, GroupId group, IndexQuery query) {
        called(Operation.INDEX_SEARCH, caller, group, query);
        return new IndexAnswer(List.of(new IndexAnswer.Found(1, false, true, List.of(Samples.BYTES))), 3);
    }

    @Override
    public List<Octets> log(Caller caller, GroupId group, long after, int limit) {
        called(Operation.INDEX_SEARCH, caller, group, after, limit);
        return List.of(Samples.BYTES);
    }

    @Override
    public Optional<Octets> directory(Caller caller, GroupId group, Octets segment, int offset) {
        called(Operation.INDEX_SEARCH, caller, group, segment, offset);
        return Optional.of(Samples.BYTES);
    }

    @Override
    public Optional<Octets> ring(Caller caller, GroupId group) {
        called(Operation.INDEX_SEARCH, caller, group);
        return Optional.of(Samples.BYTES);
    }

    @Override
    public IndexStatus indexStatus(Caller caller, GroupId group) {
        called(Operation.INDEX_STATUS, caller, group);
        return new IndexStatus(
                group, 3, 2, 1, 16, 4096, 1, 0, 1, false, List.of(new IndexStatus.Level(0, 2, 16, 4096)));
    }

    @Override
    public Leakage leakage(Caller caller, GroupId group) {
        called(Operation.INDEX_STATUS, caller, group);
        return new Leakage(
                group,
                Samples.AT,
                4,
                3,
                1,
                2,
                9,
                List.of(new Leakage.Repeated("abcdef", 2, 5)),
                List.of(new Leakage.Writer(Samples.LEAF, 2, 16)));
    }

    @Override
    public Receipt publish(Caller caller, GroupId group, Octets segmentFile, long fence) {
        called(Operation.INDEX_WRITE, caller, group, segmentFile, fence);
        return receipt();
    }

    @Override
    public void stage(Caller caller, GroupId group, SegmentPart part) {
        called(Operation.INDEX_WRITE, caller, group, part);
    }

    @Override
    public Receipt commit(Caller caller, GroupId group, Octets entry, long fence) {
        called(Operation.INDEX_WRITE, caller, group, entry, fence);
        return receipt();
    }

    @Override
    public Receipt append(Caller caller, GroupId group, Octets entry) {
        called(Operation.INDEX_WRITE, caller, group, entry);
        return receipt();
    }

    @Override
    public void putRing(Caller caller, GroupId group, Octets ring) {
        called(Operation.INDEX_WRITE, caller, group, ring);
    }

    @Override
    public Optional<IndexLease> lease(Caller caller, GroupId group, int level, long fence) {
        called(Operation.INDEX_WRITE, caller, group, level, fence);
        return Optional.of(new IndexLease(level, 7, Samples.AT));
    }

    @Override
    public Receipt order(Caller caller, GroupId group, Octets signedEnvelope) {
        called(Operation.SCHEME_SWITCH, caller, group, signedEnvelope);
        return receipt();
    }

    @Override
    public Optional<SwitchView> pending(Caller caller, GroupId group) {
        called(Operation.GROUP_READ, caller, group);
        return Optional.of(Samples.pendingSwitch());
    }

    @Override
    public Receipt ask(Caller caller, GroupId group, String scheme, String reason) {
        called(Operation.SCHEME_SWITCH_ASK, caller, group, scheme, reason);
        return receipt();
    }

    @Override
    public SwitchView giveUp(Caller caller, GroupId group, String reason) {
        called(Operation.SCHEME_SWITCH_ASK, caller, group, reason);
        return Samples.pendingSwitch();
    }
}
