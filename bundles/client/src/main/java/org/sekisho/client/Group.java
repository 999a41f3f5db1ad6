// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.sekisho.api.ConflictException;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.Registration;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Reinit;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.groups.Receipt;
import org.sekisho.api.messagestore.JobView;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.api.messagestore.StoredMessage;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.api.searchindex.IndexStatus;
import org.sekisho.api.searchindex.Leakage;
import org.sekisho.client.connection.Connection;
import org.sekisho.client.history.History;
import org.sekisho.client.search.Archive;
import org.sekisho.client.search.GroupIndex;
import org.sekisho.client.transport.Gateway;
import org.sekisho.codec.Cbor;
import org.sekisho.crypto.identity.Fingerprint;
import org.sekisho.groups.member.MemberEvent;
import org.sekisho.groups.member.MemberHost;
import org.sekisho.groups.member.MemberStatus;
import org.sekisho.groups.member.MemberView;
import org.sekisho.searchindex.protocol.Cursor;
import org.sekisho.searchindex.text.QueryParser;

/**
 * One group, as this participant verified it. Blocking methods wait at most the session's patience ({@link
 * SekishoOptions#patience}), then throw UnavailableException. Safe for many threads; listeners run one at a time on a thread of
 * the session.
 */
public final class Group {

    private static final Duration INVITATION = Duration.ofDays(7);
    private static final Duration SWITCH = Duration.ofMinutes(10);
    private static final Duration STALE_RETRY = Duration.ofMillis(500);

    private final Session session;
    private final GroupId id;
    private final MemberHost host;
    private final Gateway gateway;
    private final Connection connection;

    Group(Session session, GroupId id) {
        this.session = session;
        this.id = id;
        this.host = session.host();
        this.gateway = session.gateway();
        this.connection = session.connection();
    }

    public GroupId id() {
        return id;
    }

    GroupIndex searchIndex() {
        return session.indexing().of(id);
    }

    public String title() {
        return policy().title();
    }

    public Policy policy() {
        return view().policy();
    }

    /** Everything that is known and verified. */
    public MemberView view() {
        return host.view(id);
    }

    /** Leaves of the current epoch. */
    public List<LeafId> members() {
        return leaves(view());
    }

    /** Number of the current epoch; 0 before the first. */
    public long epoch() {
        return view().epoch();
    }

    /** Sixty digits for people to compare, of the current epoch. */
    public String safetyNumber() {
        return view().safetyNumber()
                .orElseThrow(() -> new ConflictException(ErrorCode.EPOCH_UNAVAILABLE, "no epoch yet"));
    }

    /** The fingerprint of a member's identity key, as the current roster has it; see {@link Sekisho#fingerprint()}. */
    public String fingerprint(LeafId member) {
        return view().roster()
                .roster()
                .entry(member)
                .map(entry -> Fingerprint.of(entry.idKey()))
                .orElseThrow(() -> new NotFoundException("no member " + member));
    }

    /** Committed epochs after {@code after}, ascending. */
    public List<EpochView> epochs(long after, int limit) {
        return host.epochs(id, after, limit);
    }

    /** Sends text; returns when the gateway has it durably. */
    public Receipt send(String text) {
        return send(Message.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends a message; returns when the gateway has it durably. When the epoch changes meanwhile it is sealed again for the new
     * one. IndeterminateException: the gateway may have it.
     *
     * <p>In a session {@linkplain SekishoOptions#withStoring() that stores}, it is stored first, and sent when that is durable:
     * nothing is heard that history lacks. What was stored and then could not be sent stays in history.
     */
    public Receipt send(String contentType, byte[] content) {
        if (session.storing()) {
            store(contentType, content);
        }
        return post(contentType, content);
    }

    private Receipt post(String contentType, byte[] content) {
        long deadline = System.nanoTime() + session.patience().toNanos();
        while (true) {
            ConflictException conflict;
            try {
                Receipt receipt = gateway.post(id, host.seal(id, contentType, content));
                if (!session.storing()) { // else it was indexed as what is stored
                    searchIndex().sent(receipt.n(), contentType, content);
                }
                return receipt;
            } catch (ConflictException e) {
                conflict = e;
            }
            boolean passes =
                    switch (conflict.code()) {
                        case STALE_EPOCH, EPOCH_UNAVAILABLE, STALE_VIEW, SEND_BLOCKED -> true;
                        default -> false;
                    };
            if (!passes || System.nanoTime() - deadline > 0) {
                throw conflict;
            }
            long before = epoch();
            connection.await(STALE_RETRY, () -> epoch() == before ? Optional.empty() : Optional.of(before));
        }
    }

    /** Stores text: members read it later in {@link #history} and {@link #search} for it, newcomers as the policy says. */
    public StoredMessage store(String text) {
        return store(Message.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Stores a message; returns when the gateway has it durably. When the epoch changes meanwhile it is sealed again for the new
     * one. IndeterminateException: the gateway may have it; the next message settles whether it has.
     */
    public StoredMessage store(String contentType, byte[] content) {
        long deadline = System.nanoTime() + session.patience().toNanos();
        while (true) {
            try {
                StoredMessage stored =
                        stored().store(contentType, content, searchIndex().storing(contentType, content));
                session.histories().touch(id);
                return stored;
            } catch (ConflictException e) {
                boolean passes = e.code() == ErrorCode.STALE_EPOCH || e.code() == ErrorCode.EPOCH_UNAVAILABLE;
                if (!passes || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                long before = epoch();
                connection.await(STALE_RETRY, () -> epoch() == before ? Optional.empty() : Optional.of(before));
            }
        }
    }

    /** Stores what a stream gives, in constant memory; not sealed again when the epoch changes meanwhile, and not searched for. */
    public StoredMessage store(String contentType, InputStream content, long length) {
        StoredMessage stored = stored().store(contentType, content, length);
        session.histories().touch(id);
        return stored;
    }

    /**
     * Stored messages sent between two times, in the order of their deposit, each verified; what does not open or hold is told as
     * what it is. Fetched as it is walked over; close it.
     */
    public History.Entries history(Instant from, Instant to) {
        return stored().between(from, to);
    }

    /** The group's stored history: copying long messages, deleting, granting, jobs. */
    public History stored() {
        return session.histories().of(id);
    }

    /** Headers and tokens of the store that do not fit: people should look. */
    public Registration onStoreAlarm(Consumer<String> listener) {
        return session.histories().onAlarm((group, text) -> {
            if (group.equals(id)) {
                listener.accept(text);
            }
        });
    }

    /** Jobs that turn stored history to a new key, as they move on; see {@link History#onJob}. */
    public Registration onStoreProgress(Consumer<JobView> listener) {
        return session.histories().onJob(id, listener);
    }

    /** As {@link #send(String)}; in the order of the calls. */
    public CompletableFuture<Receipt> sendAsync(String text) {
        return session.later(() -> send(text));
    }

    public CompletableFuture<Receipt> sendAsync(String contentType, byte[] content) {
        byte[] copy = content.clone();
        return session.later(() -> send(contentType, copy));
    }

    /**
     * Searches the group's messages: words, {@code "phrases"}, {@code AND} (also a space), {@code OR}, {@code from:}leaf; Japanese
     * and other texts without spaces by any two characters in a row. The newest first.
     *
     * <p>Finds what was indexed: own messages at once, others' within half a minute of their sending. The gateway does not learn
     * words or texts; what it can count is in docs/protocols/0050-search-index.md, section 8. RejectedException: no query.
     */
    public SearchResult search(String query, int limit) {
        return search(query, limit, Optional.empty());
    }

    /** As {@link #search(String, int)}, beginning where an earlier result ended. */
    public SearchResult search(String query, int limit, Optional<Cursor> before) {
        return SearchResult.of(searchIndex().search(QueryParser.parse(query), limit, before));
    }

    /** As {@link #search(String, int)}, of messages before {@code time} (to the minute). */
    public SearchResult search(String query, int limit, Instant time) {
        return search(query, limit, Optional.of(Cursor.before(time)));
    }

    /** Lets searches find own messages now that were sent a moment ago. */
    public void index() {
        searchIndex().flush();
    }

    /** Takes a message out of every member's searches; own ones, or anybody's for an administrator. */
    public void unindex(long n) {
        searchIndex().delete(Archive.id(n));
    }

    /** As {@link #unindex(long)}, of a stored message; that it is deleted in the store is another matter. */
    public void unindex(MessageId stored) {
        searchIndex().delete(stored.value());
    }

    /** Merges segments of the index, or audits a merge of another member, if there is something to. Else false. */
    public boolean compactIndex() {
        return searchIndex().compact();
    }

    /** What the gateway keeps of the group's index. */
    public IndexStatus indexStatus() {
        return searchIndex().remote().status();
    }

    /** What the gateway's own view of the group's searches tells its operator. */
    public Leakage indexLeakage() {
        return searchIndex().remote().leakage();
    }

    /** Invites a participant for seven days, without the right to invite others. */
    public void invite(LeafId leaf) {
        invite(leaf, false, INVITATION);
    }

    /**
     * Invites a participant. Returns when the invitation is kept; it is sent as soon as the gateway can be reached. Whoever has
     * never registered there cannot be: {@link #onEvent} then tells Refused.
     */
    public void invite(LeafId leaf, boolean canInvite, Duration validity) {
        request("invite", Cbor.encode(leaf, canInvite, validity.toSeconds()));
    }

    /** Invites and completes when the participant is a member. */
    public CompletableFuture<EpochInfo> inviteAsync(LeafId leaf) {
        return session.later(() -> invite(leaf)).thenCompose(done -> whenMembers(m -> m.contains(leaf)));
    }

    /** Removes a participant; returns when an epoch without it is in force: what is sent then, it cannot read. */
    public EpochInfo remove(LeafId leaf) {
        request("remove", Cbor.encode(leaf));
        return awaitMembers(m -> !m.contains(leaf), "the removal has not taken effect yet");
    }

    public CompletableFuture<EpochInfo> removeAsync(LeafId leaf) {
        return session.later(() -> request("remove", Cbor.encode(leaf)))
                .thenCompose(done -> whenMembers(m -> !m.contains(leaf)));
    }

    /** Withdraws this member with all its devices; returns when it is kept. */
    public void leave() {
        request("leave", Cbor.encode());
    }

    /** Asks for fresh keys now: RN2 by the server. */
    public void renew() {
        request("renew", Cbor.encode());
    }

    /** Makes a fresh RN1, which takes away what former members know. */
    public void rotate() {
        request("rotate", Cbor.encode());
    }

    /** The key-management scheme in use. */
    public String scheme() {
        return view().schemeId();
    }

    /** The order of a scheme switch that is under way. */
    public Optional<Reinit> pendingSwitch() {
        return view().pendingSwitch();
    }

    /**
     * The scheme this group was ordered to, while this program does not have it: then nothing of the group is read further, and what
     * {@link #view} shows may be old. {@link #onSchemeSwitch} tells when it begins.
     */
    public Optional<String> missingScheme() {
        return view().missingScheme();
    }

    /** What the scheme shows of this member's side, for people to see; no secrets. Keys are the scheme's own. */
    public Map<String, String> schemeDetails() {
        return host.inspect(id);
    }

    /** As {@link #switchScheme(String, Duration)}, given up after ten minutes. */
    public EpochInfo switchScheme(String scheme) {
        return switchScheme(scheme, SWITCH);
    }

    /**
     * Moves this group to another scheme that its policy allows, while messages go on; for administrators. Returns when the new
     * scheme's first epoch is in force; an order that an epoch overtakes is given again. ConflictException: it came to nothing,
     * the old scheme goes on. UnavailableException: not yet; {@link #onSchemeSwitch} tells how it ends.
     *
     * @param within after this time the switch is given up
     */
    public EpochInfo switchScheme(String scheme, Duration within) {
        return switching(scheme, within).awaitDone();
    }

    public CompletableFuture<EpochInfo> switchSchemeAsync(String scheme) {
        return session.later(() -> switching(scheme, SWITCH)).thenCompose(begun -> session.meanwhile(begun::awaitDone));
    }

    private SwitchInProgress switching(String scheme, Duration within) {
        return new SwitchInProgress(this, scheme, () -> {
            Hash order = host.switchScheme(id, scheme, Octets.EMPTY, within);
            connection.news();
            return order;
        });
    }

    /** Cancels the scheme switch that is under way; for administrators. Returns when it is kept. */
    public void cancelSwitch() {
        host.cancelSwitch(id);
        connection.news();
    }

    /** Scheme switches: asked for by an operator, begun, done, given up, or to a scheme that is missing here. */
    public Registration onSchemeSwitch(Consumer<MemberEvent.SchemeSwitch> listener) {
        return connection.listen(id, MemberEvent.SchemeSwitch.class, listener);
    }

    /**
     * Gives the group newer rules, for its owner while an administrator. Their version is the present one's and one more. Returns
     * when they are kept; they are in force with the next epoch.
     *
     * @param change from the policy in force; owner, server and version are kept
     */
    public Hash updatePolicy(UnaryOperator<GroupPolicy> change) {
        Policy now = policy();
        Policy next = change.apply(GroupPolicy.of(now)).toPolicy(now.ownerKey(), now.serverKey(), now.version() + 1);
        Hash hash = host.updatePolicy(id, next);
        request("policy", Cbor.encode(hash));
        return hash;
    }

    /** Asks the group's scheme; name and arguments are the scheme's own. */
    public void request(String name, Octets args) {
        host.request(id, name, args);
        connection.news();
    }

    /** Waits for epoch {@code least} or a later one. */
    public EpochInfo awaitEpoch(long least) {
        return await(view -> view.epoch() >= least && view.keyed(), "epoch " + least + " has not come yet");
    }

    /** Waits until {@code leaf} is a member. */
    public EpochInfo awaitMember(LeafId leaf) {
        return awaitMembers(m -> m.contains(leaf), "not a member yet: " + leaf);
    }

    private EpochInfo awaitMembers(Predicate<List<LeafId>> wanted, String otherwise) {
        return await(view -> view.keyed() && wanted.test(leaves(view)), otherwise);
    }

    EpochInfo await(Predicate<MemberView> wanted, String otherwise) {
        return connection
                .await(session.patience(), () -> look(wanted))
                .orElseThrow(() -> new UnavailableException(ErrorCode.GATEWAY_UNREACHABLE, otherwise));
    }

    private Optional<EpochInfo> look(Predicate<MemberView> wanted) {
        MemberView view = view();
        if (view.status() == MemberStatus.REMOVED) {
            throw new DeniedException(ErrorCode.NOT_A_MEMBER, "not a member of this group any more");
        }
        if (view.status() == MemberStatus.FORKED) {
            throw new ConflictException(ErrorCode.FORK_DETECTED, "the group has split");
        }
        return Optional.of(view).filter(wanted).map(Group::info);
    }

    private CompletableFuture<EpochInfo> whenMembers(Predicate<List<LeafId>> wanted) {
        return session.meanwhile(() -> awaitMembers(wanted, "the change has not taken effect yet"));
    }

    private static EpochInfo info(MemberView view) {
        return new EpochInfo(view.epoch(), view.epochHash().orElseThrow(), leaves(view));
    }

    private static List<LeafId> leaves(MemberView view) {
        return view.roster().roster().entries().stream().map(RosterEntry::leaf).toList();
    }

    /**
     * Messages of others, from the first that was not handed over yet; in order. Exactly once while the process lives; over a
     * kill, one that was being handled comes again under the same number.
     */
    public Registration onMessage(Consumer<Message> listener) {
        return connection.listen(id, MemberEvent.Message.class, m -> listener.accept(Message.of(m)));
    }

    public Registration onEpoch(Consumer<EpochInfo> listener) {
        return connection.listen(id, MemberEvent.EpochActive.class, e -> listener.accept(EpochInfo.of(e)));
    }

    /** Forks, reused counters, poisoned input: people should look. */
    public Registration onAlarm(Consumer<MemberEvent.Alarm> listener) {
        return connection.listen(id, MemberEvent.Alarm.class, listener);
    }

    /** What the gateway refused of what this participant, or the group's scheme for it, sent. */
    public Registration onRefused(Consumer<MemberEvent.Refused> listener) {
        return connection.listen(id, MemberEvent.Refused.class, listener);
    }

    /** Everything that happens, messages included. */
    public Registration onEvent(Consumer<MemberEvent> listener) {
        return connection.listen(id, MemberEvent.class, listener);
    }

    /** A key for the application's own use, the same for every member in this epoch; the label is the application's. */
    public SecretBytes export(long epoch, String label, Octets context, int octets) {
        return host.export(id, epoch, label, context, octets);
    }

    @Override
    public String toString() {
        return "Group[" + id + "]";
    }
}
