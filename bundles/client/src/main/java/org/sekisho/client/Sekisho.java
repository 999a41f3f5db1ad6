// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.Registration;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.SekishoException;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.directory.Participant;
import org.sekisho.client.connection.CertifiedPeers;
import org.sekisho.client.connection.Connection;
import org.sekisho.client.history.Histories;
import org.sekisho.client.search.Indexing;
import org.sekisho.client.transport.HttpGateway;
import org.sekisho.client.transport.HttpTransport;
import org.sekisho.codec.group.InvitationCodec;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.Fingerprint;
import org.sekisho.groupmanagement.protocol.TwoRandomScheme;
import org.sekisho.groups.engine.LivedClock;
import org.sekisho.groups.engine.SchemeRegistry;
import org.sekisho.groups.member.MemberHost;
import org.sekisho.groups.member.MemberIdentity;
import org.sekisho.groups.member.MemberStatus;
import org.sekisho.groups.member.MemberVault;
import org.sekisho.groups.member.MemberView;
import org.sekisho.groups.member.PendingInvitation;
import org.sekisho.keyderivation.protocol.KeyDerivationScheme;
import org.sekisho.membership.Joiner;
import org.sekisho.repositoryjdbc.LocalRowStore;

/**
 * A participant's session with a gateway.
 *
 * <pre>{@code
 * try (Sekisho sekisho = Sekisho.connect(uri, identityP12, password, stateDirectory)) {
 *     Group group = sekisho.createGroup(GroupPolicy.withDefaults("team"));
 *     group.onMessage(m -> show(m.sender(), m.text()));
 *     group.invite(friend);
 *     group.awaitMember(friend);
 *     group.send("hello");
 *     group.remove(friend);
 * }
 * }</pre>
 *
 * <p>Guarantees: what a method says is done is durable, here or at the gateway; what was begun is continued after a crash by the
 * next session on the same directory. One process at a time uses a directory.
 *
 * <p>Safe for many threads. Uses four daemon threads, and two more for asynchronous calls.
 */
public final class Sekisho implements AutoCloseable {

    private static final Duration SAVE_CLOCK = Duration.ofSeconds(5);

    private final Identity identity;
    private final StateDirectory.Profile profile;
    private final Session session;
    private final LocalRowStore rows;
    private final MemberVault vault;
    private final LivedClock clock;
    private final CertifiedPeers peers;
    private final AtomicBoolean closed = new AtomicBoolean();
    private long savedAt;

    private Sekisho(
            Identity identity,
            StateDirectory.Profile profile,
            LocalRowStore rows,
            MemberVault vault,
            HttpGateway gateway,
            SecretBytes storeKey,
            SekishoOptions options) {
        this.identity = identity;
        this.profile = profile;
        this.rows = rows;
        this.vault = vault;
        this.clock = new LivedClock(rows, Clock.systemUTC(), System::nanoTime);
        MemberIdentity member = identity.member(profile.leaf());
        MemberHost host = new MemberHost(
                member,
                vault,
                new SchemeRegistry(new TwoRandomScheme(), new KeyDerivationScheme()),
                clock,
                new SystemEntropy());
        this.peers = new CertifiedPeers(gateway, identity.people(), clock::now);
        Histories histories = new Histories(
                identity.member(profile.leaf()), host, vault, rows, storeKey, gateway, clock, new SystemEntropy());
        Indexing indexing = new Indexing(
                host,
                gateway::index,
                histories::of,
                rows,
                storeKey,
                member.signing()::sign,
                new SystemEntropy(),
                Clock.systemUTC(),
                options.search());
        Connection connection = new Connection(host, gateway, peers, this::saveClock, indexing::received);
        this.session = new Session(
                host,
                gateway,
                connection,
                indexing,
                histories,
                options.patience(),
                options.storing(),
                threads("async"),
                Executors.newCachedThreadPool(daemon("wait")));
    }

    private static ExecutorService threads(String name) {
        return Executors.newSingleThreadExecutor(daemon(name));
    }

    private static ThreadFactory daemon(String name) {
        return work -> {
            var thread = new Thread(work, "sekisho-" + name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Opens a session. The password is not kept; the caller erases it. Works while the gateway is away, except for the first
     * time.
     *
     * @param gateway {@code https://host:port}
     * @param identityP12 PKCS#12 file made by {@link Enrolment}, or the enterprise's
     * @param stateDirectory see {@link Enrolment}; belongs to this participant alone
     */
    public static Sekisho connect(URI gateway, Path identityP12, char[] password, Path stateDirectory) {
        return connect(gateway, identityP12, password, stateDirectory, SekishoOptions.DEFAULTS);
    }

    public static Sekisho connect(
            URI gateway, Path identityP12, char[] password, Path stateDirectory, SekishoOptions options) {
        StateDirectory state = new StateDirectory(stateDirectory);
        StateDirectory.Profile profile = state.profile();
        Identity identity = Identity.load(identityP12, password, state, options);
        HttpGateway http = new HttpGateway(
                new HttpTransport(gateway, identity.tls(), Optional.empty(), options.retry()), options.streaming());
        @SuppressWarnings("resource") // closed with the session
        LocalRowStore rows = null;
        try {
            if (!profile.registered()) {
                http.register(identity.registering(profile.leaf()));
                profile = profile.asRegistered();
                state.save(profile);
            }
            rows = LocalRowStore.open(state.rows());
            Sekisho sekisho;
            try (var storeKey = state.storeKey()) {
                sekisho = new Sekisho(
                        identity,
                        profile,
                        rows,
                        new MemberVault(rows, storeKey, state.epochKeys(), new SystemEntropy()),
                        http,
                        storeKey,
                        options);
            }
            sekisho.session.connection().start();
            sekisho.session.indexing().start();
            sekisho.session.histories().start();
            return sekisho;
        } catch (RuntimeException e) {
            http.close();
            if (rows != null) {
                rows.close();
            }
            throw e;
        }
    }

    Session session() {
        return session;
    }

    /** Who this participant is. */
    public LeafId leaf() {
        return profile.leaf();
    }

    /**
     * Sixty digits that stand for this participant's identity key. To be sure of somebody, read them to each other over a way
     * that the gateway does not control, and compare with {@link #fingerprint(LeafId)} on the other side.
     */
    public String fingerprint() {
        return Fingerprint.of(identity.idKey());
    }

    /**
     * The fingerprint of another participant, computed here, of the identity key that its verified certificate vouches for: what
     * it would be invited with now. For who is in a group already, {@link Group#fingerprint} shows the key the group uses.
     * NotFoundException; RejectedException BAD_CERTIFICATE when the directory's entry does not hold.
     */
    public String fingerprint(LeafId other) {
        return Fingerprint.of(peers.verified(other).idKey());
    }

    /** Founds a group; returns when its first epoch is in force. */
    public Group createGroup(GroupPolicy policy) {
        GroupId id = session.host().found(policy.toPolicy(identity.idKey(), profile.serverKey()));
        session.connection().news();
        Group group = new Group(session, id);
        Optional<MemberView> done = session.connection().await(session.patience(), () -> founded(group));
        if (done.isEmpty()) {
            throw new UnavailableException(
                    ErrorCode.GATEWAY_UNREACHABLE,
                    "the group " + id + " is kept, and founded when the gateway answers");
        }
        return group;
    }

    private static Optional<MemberView> founded(Group group) {
        MemberView view = group.view();
        if (view.status() == MemberStatus.REMOVED) {
            throw SekishoException.of(ErrorCode.POLICY_VIOLATION, "the gateway refused the group");
        }
        return Optional.of(view).filter(MemberView::keyed);
    }

    public CompletableFuture<Group> createGroupAsync(GroupPolicy policy) {
        return session.later(() -> createGroup(policy));
    }

    /** Groups this participant is in, or joining. */
    public List<Group> groups() {
        return session.host().groups().stream()
                .filter(id -> session.host().view(id).status() != MemberStatus.REMOVED)
                .map(id -> new Group(session, id))
                .toList();
    }

    /** A group in the local store, one that was left included. */
    public Group group(GroupId id) {
        if (!session.host().groups().contains(id)) {
            throw new NotFoundException("not a group of this participant");
        }
        return new Group(session, id);
    }

    /** Invitations that wait for an answer. */
    public List<ReceivedInvitation> invitations() {
        return session.host().invitations().stream()
                .map(pending -> new ReceivedInvitation(this, pending))
                .toList();
    }

    /** Each open invitation once per registration: those that wait, then new ones as they come. */
    public Registration onInvitation(Consumer<ReceivedInvitation> listener) {
        Set<Hash> seen = ConcurrentHashMap.newKeySet();
        return session.connection().listen(() -> {
            for (PendingInvitation pending : session.host().invitations()) {
                if (seen.add(pending.hash())) {
                    listener.accept(new ReceivedInvitation(this, pending));
                }
            }
        });
    }

    Group accept(PendingInvitation pending) {
        Octets encoded = InvitationCodec.encode(pending.invitation());
        Octets acceptance = Joiner.accept(
                encoded,
                profile.leaf(),
                identity.idKey(),
                identity.hpkeKey(),
                identity.certificate(),
                identity.binding(profile.leaf()),
                identity.issuers());
        GroupId group = session.host()
                .join(
                        pending.hash(),
                        session.gateway().chain(pending.invitation().group()),
                        Joiner.params(encoded, acceptance));
        session.connection().news();
        return new Group(session, group);
    }

    /** Participants of the directory; what it says of anybody is verified when it matters. */
    public Page<Participant> participants(Optional<String> cursor, int limit) {
        return session.gateway().participants(cursor, limit);
    }

    private void saveClock() {
        if (System.nanoTime() - savedAt > SAVE_CLOCK.toNanos()) {
            savedAt = System.nanoTime();
            clock.save();
        }
    }

    /** Ends the session; what was not sent is sent by the next one. Idempotent. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            // the directory may belong to a later session by now
            return;
        }
        session.inOrder().shutdownNow();
        session.waiting().shutdownNow();
        session.indexing().close();
        session.histories().close();
        session.connection().close();
        session.host().close();
        vault.close();
        rows.close();
    }
}
