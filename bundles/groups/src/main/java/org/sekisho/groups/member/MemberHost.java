// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import org.sekisho.api.ConflictException;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.Genesis;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.groups.GroupChain;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.Role;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.group.EnvelopeCodec;
import org.sekisho.codec.group.GenesisCodec;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.crypto.message.MessageSeal;
import org.sekisho.crypto.schedule.ExporterSecret;
import org.sekisho.crypto.schedule.KeySchedule;
import org.sekisho.groups.chain.ChainCheck;
import org.sekisho.groups.chain.GroupHashes;
import org.sekisho.groups.chain.VerifiedChain;
import org.sekisho.groups.engine.HostClock;
import org.sekisho.groups.engine.Inbox;
import org.sekisho.groups.engine.InboxDrainer;
import org.sekisho.groups.engine.Runner;
import org.sekisho.groups.engine.SchemeSource;
import org.sekisho.groups.engine.Timers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One leaf with all its groups. Whoever carries octets between this and a gateway may lose, repeat, reorder and forge them: what
 * is wrong is refused and counted, and the verified chain of a group only moves forward.
 *
 * <p>Guarantees: a method that returns has made its effect durable; a log entry is handled exactly once, in order; nothing is to
 * be sent before the state it follows from is stored; sealing never repeats a nonce. Killed at any point, a new object on the
 * same store goes on.
 *
 * <p>Does not guarantee that the gateway shows everything: {@link MemberView#freshUntil()} bounds how long it can withhold a
 * removal from a sender.
 *
 * <p>Safe for many threads; one call at a time runs. Blocks on the store, never on a network.
 *
 * <p>Errors: see the methods; a damaged store is {@link org.sekisho.groups.engine.StateCorruptException}.
 */
public final class MemberHost implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MemberHost.class);

    /** Messages opened in one transaction. */
    static final int BATCH = 64;

    private final MemberIdentity self;
    private final MemberVault vault;
    private final RowStore rows;
    private final HostClock clock;
    private final Entropy entropy;
    private final Envelopes envelopes;
    private final EpochRows epochs;
    private final Deliveries deliveries;
    private final MemberEffects effects;
    private final FreshView freshView;
    private final EnvelopeIntake envelopeIntake;
    private final MessageIntake messageIntake;
    private final Inbox inbox = new Inbox();
    private final Runner runner;
    private final Octets mailScope;
    private final Map<GroupId, EpochCache> caches = new HashMap<>();
    private final Map<GroupId, Long> vouched = new HashMap<>();

    /**
     * Goes on with what the vault holds.
     *
     * @param vault stays the caller's
     */
    public MemberHost(MemberIdentity self, MemberVault vault, SchemeSource schemes, HostClock clock, Entropy entropy) {
        this.self = self;
        this.vault = vault;
        this.rows = vault.rows();
        this.clock = clock;
        this.entropy = entropy;
        this.envelopes = new Envelopes(self, clock::now, entropy);
        this.epochs = new EpochRows(vault);
        this.deliveries = new Deliveries(vault);
        Activation activation = new Activation(self, epochs, envelopes, deliveries, schemes, clock);
        this.effects = new MemberEffects(self, envelopes, epochs, activation, deliveries);
        this.freshView = new FreshView(self, envelopes, activation);
        this.envelopeIntake = new EnvelopeIntake(self, activation, freshView, deliveries, inbox, schemes, clock);
        this.messageIntake = new MessageIntake(self, deliveries);
        this.runner = new Runner(schemes, vault.states(), clock, entropy);
        this.mailScope = self.leaf().value();
        groups().forEach(this::resume);
    }

    public LeafId leaf() {
        return self.leaf();
    }

    /** Groups that are in the store, those left included. Ascending. */
    public List<GroupId> groups() {
        List<GroupId> all = new ArrayList<>();
        Octets after = Octets.EMPTY;
        for (List<Octets> page; !(page = rows.scopes(Table.GROUP, after, 500)).isEmpty(); ) {
            page.forEach(scope -> all.add(new GroupId(scope)));
            after = page.get(page.size() - 1);
        }
        return all;
    }

    private void resume(GroupId group) {
        Octets scope = group.value();
        rows.transact(scope, tx -> {
            GroupState state = ChainRows.state(tx);
            if (state.status() != MemberStatus.REMOVED && state.instance() > 0) {
                inbox.add(tx, state.instance(), new Event.Resume("opened"));
            }
            return state;
        });
        settle(group);
        epochs.shredOrphans(scope, epochKeys());
    }

    private SortedSet<Octets> epochKeys() {
        try {
            return vault.epochKeys().ids();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Founds a group that this leaf owns: {@code policy.ownerKey} is its identity key. Usable after its first epoch. */
    public synchronized GroupId found(Policy policy) {
        Genesis genesis = Membership.genesis(self, policy, entropy);
        GroupId group = GroupHashes.groupId(genesis);
        rows.transact(group.value(), tx -> {
            GroupState state = Membership.begin(tx, genesis);
            Outbox.add(tx, Outgoing.Way.FOUND, Optional.empty(), GenesisCodec.encode(genesis));
            return start(tx, state, policy.schemeId(), Octets.EMPTY);
        });
        settle(group);
        return group;
    }

    private long start(RowTx tx, GroupState state, String schemeId, Octets params) {
        long instance = runner.create(tx, effects, schemeId, Role.MEMBER, params);
        // the first step may have moved the state already
        ChainRows.save(tx, ChainRows.state(tx).withInstance(instance));
        return instance;
    }

    /** Invitations nobody has answered yet; expired ones are forgotten. */
    public synchronized List<PendingInvitation> invitations() {
        Instant now = clock.now();
        return rows.transact(mailScope, tx -> {
            List<PendingInvitation> open = new ArrayList<>();
            for (Mail.Pending pending : Mail.pending(tx)) {
                if (now.isBefore(pending.invitation().expiry())) {
                    open.add(new PendingInvitation(pending.hash(), pending.invitation(), pending.inviterKey()));
                } else {
                    Mail.remove(tx, pending.hash());
                }
            }
            return open;
        });
    }

    /** Forgets an invitation. Idempotent. */
    public synchronized void ignore(Hash invitation) {
        rows.transact(mailScope, tx -> {
            Mail.remove(tx, invitation);
            return invitation;
        });
    }

    /**
     * Accepts an invitation: verifies the group from its genesis to what the invitation pins, then begins the scheme.
     *
     * @param params what the scheme wants of a newcomer
     */
    public synchronized GroupId join(Hash invitation, GroupChain chain, Octets params) {
        Mail.Pending pending = rows.read(mailScope, tx -> Mail.find(tx, invitation))
                .orElseThrow(() -> new NotFoundException("no such invitation"));
        GroupId group = pending.invitation().group();
        VerifiedChain verified = ChainCheck.verify(group, chain);
        Membership.requirePinned(verified, pending.invitation(), pending.inviterKey());
        rows.transact(group.value(), tx -> {
            Optional<GroupState> known = ChainRows.find(tx);
            if (known.filter(s -> !answers(s)).isPresent()) {
                throw new ConflictException(ErrorCode.ALREADY_EXISTS, "a member already");
            }
            // who comes back does not go back: the branch must contain what was known of the group when it was left
            known.filter(s -> s.epochHash().isPresent()).ifPresent(s -> requireSamePast(s, verified));
            Keyed.reset(tx);
            GroupState state = Membership.join(tx, verified, pending, clock.now());
            Membership.keepCommits(tx, verified, state.epoch());
            Optional<GroupState> joining = known.filter(s -> s.status() == MemberStatus.JOINING);
            if (joining.isPresent()) {
                long instance = joining.get().instance();
                ChainRows.save(tx, state.withInstance(instance));
                runner.handle(tx, effects, instance, new Event.Request("accept", params));
                return instance;
            }
            return start(tx, state, state.header().orElseThrow().schemeId(), params);
        });
        ignore(invitation);
        settle(group);
        return group;
    }

    /** Whether an invitation may be answered: for a group left, or one whose earlier invitation led nowhere. */
    private static boolean answers(GroupState state) {
        return state.status() == MemberStatus.REMOVED || state.status() == MemberStatus.JOINING;
    }

    /**
     * While JOINING: takes the past up to the roster that adds this leaf. From then on the log is read.
     *
     * @return false while no roster of the chain has this leaf
     */
    public synchronized boolean catchUp(GroupId group, GroupChain chain) {
        // asked for again and again until it is true: do not verify a long past in vain
        if (chain.rosters().stream().map(RosterCodec::decodeSigned).noneMatch(r -> r.roster()
                .contains(self.leaf()))) {
            return false;
        }
        VerifiedChain verified = ChainCheck.verify(group, chain);
        boolean done = rows.transact(group.value(), tx -> {
            GroupState state = ChainRows.state(tx);
            if (state.status() != MemberStatus.JOINING) {
                return true;
            }
            requireSamePast(state, verified);
            Optional<GroupState> base = Membership.base(tx, state, verified, self.leaf());
            base.ifPresent(next -> {
                Membership.keepCommits(tx, verified, next.epoch());
                ChainRows.save(tx, next);
            });
            return base.isPresent();
        });
        settle(group);
        return done;
    }

    private static void requireSamePast(GroupState state, VerifiedChain chain) {
        boolean same = chain.commits().stream().map(SignedCommit::commit).anyMatch(c -> Optional.of(GroupHashes.of(c))
                .equals(state.epochHash()));
        if (!same || !chain.nonce().equals(state.nonce())) {
            throw new ConflictException(ErrorCode.FORK_DETECTED, "the chain does not have the epoch that is known");
        }
    }

    /** Position of the newest log entry that was taken. */
    public long cursor(GroupId group) {
        return rows.read(group.value(), tx -> Counters.get(tx, Counters.CURSOR));
    }

    /** Position of the newest mailbox entry that was taken. */
    public long mailCursor() {
        return rows.read(mailScope, tx -> Counters.get(tx, Counters.MAIL));
    }

    /**
     * Takes entries of a group's log, in order; those taken before are skipped. Stops early, without an error, where an entry
     * must wait for a scheme that is absent, and while JOINING.
     */
    public synchronized void take(GroupId group, List<LogEntry> entries) {
        for (int at = 0; at < entries.size(); ) {
            int end = at;
            while (end < entries.size() && end - at < BATCH && entries.get(end).kind() == LogEntry.Kind.MESSAGE) {
                end++;
            }
            if (end > at) {
                if (!takeMessages(group, entries.subList(at, end))) {
                    return;
                }
                at = end;
            } else {
                if (!takeEnvelope(group, entries.get(at))) {
                    return;
                }
                at++;
            }
        }
    }

    private boolean takeMessages(GroupId group, List<LogEntry> batch) {
        EpochCache cache = cache(group);
        return rows.transact(group.value(), tx -> {
            if (!reads(tx)) {
                return false;
            }
            long cursor = Counters.get(tx, Counters.CURSOR);
            for (LogEntry entry : batch) {
                if (entry.n() > cursor) {
                    messageIntake.take(tx, cache, entry.n(), entry.bytes());
                    cursor = entry.n();
                }
            }
            Counters.set(tx, Counters.CURSOR, cursor);
            return true;
        });
    }

    private boolean takeEnvelope(GroupId group, LogEntry entry) {
        // a commit is judged by what the scheme made of all that came before it
        if (!settle(group)) {
            return false;
        }
        boolean taken;
        try {
            taken = rows.transact(group.value(), tx -> {
                if (!reads(tx)) {
                    return false;
                }
                if (entry.n() > Counters.get(tx, Counters.CURSOR)) {
                    envelopeIntake.fromLog(tx, entry.bytes(), entry.slice());
                    Counters.set(tx, Counters.CURSOR, entry.n());
                }
                return true;
            });
        } catch (UnavailableException absent) {
            if (absent.code() != ErrorCode.CAPABILITY_ABSENT) {
                throw absent;
            }
            // what a commit means, only the scheme can say
            return false;
        }
        settle(group);
        return taken;
    }

    private static boolean reads(RowTx tx) {
        MemberStatus status = ChainRows.state(tx).status();
        return status == MemberStatus.MEMBER || status == MemberStatus.FORKED;
    }

    /** Whose key a mailbox entry must be verified with, when it is nobody known here: look it up, then call {@link #takeMail}. */
    public synchronized Optional<LeafId> stranger(LogEntry entry) {
        Envelope envelope;
        try {
            envelope = EnvelopeCodec.decodeSigned(entry.bytes()).envelope();
        } catch (RejectedException malformed) {
            return Optional.empty();
        }
        if (entry.n() <= mailCursor() || !(envelope.from() instanceof Party.Member from)) {
            return Optional.empty();
        }
        boolean known = rows.read(envelope.group().value(), tx -> ChainRows.find(tx)
                .filter(s -> s.status() != MemberStatus.REMOVED)
                .filter(s -> EnvelopeIntake.key(tx, s, from).isPresent())
                .isPresent());
        return known ? Optional.empty() : Optional.of(from.leaf());
    }

    /**
     * Takes one mailbox entry; one taken before is skipped.
     *
     * @param senderKey Ed25519 key of the {@link #stranger}, checked by its certificate
     */
    public synchronized void takeMail(LogEntry entry, Optional<Octets> senderKey) {
        if (entry.n() <= mailCursor()) {
            return;
        }
        try {
            Envelope envelope = EnvelopeCodec.decodeSigned(entry.bytes()).envelope();
            GroupId group = envelope.group();
            boolean known = rows.read(group.value(), tx -> ChainRows.find(tx)
                    .filter(s -> s.status() != MemberStatus.REMOVED)
                    .isPresent());
            if (known) {
                takeGroupMail(group, entry, senderKey);
            } else if (envelope.type().equals(Mail.INVITE) && senderKey.isPresent()) {
                rows.transact(mailScope, tx -> {
                    Mail.keep(tx, self.leaf(), entry.bytes(), senderKey.get(), clock.now());
                    return entry;
                });
            }
        } catch (RejectedException | DeniedException refused) {
            rows.transact(mailScope, tx -> Counters.next(tx, Counters.REFUSED));
        }
        rows.transact(mailScope, tx -> {
            Counters.set(tx, Counters.MAIL, entry.n());
            return entry;
        });
    }

    private void takeGroupMail(GroupId group, LogEntry entry, Optional<Octets> senderKey) {
        rows.transact(group.value(), tx -> {
            // the mailbox's own cursor is in another scope: this one makes it exactly once
            if (entry.n() > Counters.get(tx, Counters.MAIL)) {
                envelopeIntake.fromMail(tx, entry.bytes(), senderKey);
                Counters.set(tx, Counters.MAIL, entry.n());
            }
            return entry;
        });
        try {
            settle(group);
        } catch (RuntimeException e) {
            // the letter is kept in its group and settled with the next tick: one group does not hold up the mailbox
            LOG.warn("{}: letters wait: {}", group, e.toString());
        }
    }

    /** Lets the scheme handle what waits; false when something goes on waiting. */
    private boolean settle(GroupId group) {
        Octets scope = group.value();
        long instance = rows.read(scope, tx -> ChainRows.state(tx).instance());
        if (instance == 0) {
            return true;
        }
        new InboxDrainer(rows, runner, inbox, effects).drain(scope, instance);
        EpochCache cache = cache(group);
        boolean held = rows.read(scope, tx -> Keyed.since(tx) > 0 && messageIntake.holds(tx));
        if (held) {
            rows.transact(scope, tx -> {
                messageIntake.takeHeld(tx, cache);
                return instance;
            });
        }
        shred(group);
        return rows.read(
                scope,
                tx -> inbox.size(tx, instance) == 0 || ChainRows.state(tx).status() == MemberStatus.REMOVED);
    }

    /** Destroys the keys of erased epochs, in memory and outside of the store. */
    private void shred(GroupId group) {
        if (epochs.takeTrimmed(group.value())) {
            cache(group).clear();
            epochs.shredOrphans(group.value(), epochKeys());
        }
    }

    /** What the gateway must get, oldest first. */
    public synchronized List<Outgoing> outbox(GroupId group, int limit) {
        return rows.read(group.value(), tx -> Outbox.entries(tx, limit));
    }

    /** The gateway has it. Idempotent. */
    public synchronized void sent(Outgoing outgoing) {
        rows.transact(outgoing.group().value(), tx -> {
            Outbox.remove(tx, outgoing.n());
            return outgoing;
        });
    }

    /** The gateway refused it for good; the scheme is told. Idempotent. */
    public synchronized void refused(Outgoing outgoing, ErrorCode code) {
        GroupId group = outgoing.group();
        rows.transact(group.value(), tx -> {
            if (Outbox.find(tx, outgoing.n()).isPresent()) {
                Outbox.remove(tx, outgoing.n());
                refuse(tx, outgoing, code);
            }
            return outgoing;
        });
        settle(group);
    }

    private void refuse(RowTx tx, Outgoing outgoing, ErrorCode code) {
        GroupState state = ChainRows.state(tx);
        if (outgoing.way() == Outgoing.Way.FOUND) {
            ChainRows.save(tx, state.with(MemberStatus.REMOVED));
            Outbox.entries(tx, 10_000).forEach(entry -> Outbox.remove(tx, entry.n()));
            inbox.add(tx, state.instance(), new Event.Abort("refused"));
            deliveries.add(tx, new MemberEvent.Refused(outgoing.group(), "genesis", code));
            return;
        }
        Envelope envelope = EnvelopeCodec.decodeSigned(outgoing.bytes()).envelope();
        // of several sponsors one wins, and of several administrators one speaks: nothing to tell
        if (!envelope.type().startsWith("host/")) {
            inbox.add(tx, state.instance(), new Event.Refused(envelope.type(), envelope.body(), code));
            deliveries.add(tx, new MemberEvent.Refused(outgoing.group(), envelope.type(), code));
        }
    }

    /** Hands a request to the group's scheme; throws what it refuses with. Name and arguments are the scheme's own. */
    public synchronized void request(GroupId group, String name, Octets args) {
        settle(group);
        rows.transact(group.value(), tx -> {
            GroupState state = ChainRows.state(tx);
            requireMember(state);
            runner.handle(tx, effects, state.instance(), new Event.Request(name, args));
            return state;
        });
        settle(group);
    }

    /**
     * Seals a message for the group's current epoch. Errors: NOT_A_MEMBER, FORK_DETECTED, EPOCH_UNAVAILABLE (no keys yet),
     * STALE_VIEW, LIMIT_EXCEEDED.
     */
    public synchronized Octets seal(GroupId group, String contentType, byte[] plaintext) {
        EpochCache cache = cache(group);
        return rows.read(group.value(), tx -> {
            GroupState state = ChainRows.state(tx);
            requireMember(state);
            EpochCache.Opened epoch = cache.find(tx, state.epoch())
                    .orElseThrow(() -> new ConflictException(ErrorCode.EPOCH_UNAVAILABLE, "no keys of this epoch yet"));
            if (!FreshView.isFresh(state, clock.now())) {
                throw new ConflictException(
                        ErrorCode.STALE_VIEW, "no administrator has confirmed this view of the group lately");
            }
            int most = ChainRows.policy(tx, state.policyHash()).maxMessage();
            if (plaintext.length > MessageSeal.MAX_PLAINTEXT) {
                throw tooLong(most);
            }
            Octets sealed = epoch.seal(contentType, plaintext);
            if (sealed.size() > most) {
                throw tooLong(most);
            }
            return sealed;
        });
    }

    private static RejectedException tooLong(int most) {
        return new RejectedException(ErrorCode.LIMIT_EXCEEDED, "sealed message: at most " + most + " octets");
    }

    private static void requireMember(GroupState state) {
        if (state.status() == MemberStatus.FORKED) {
            throw new ConflictException(ErrorCode.FORK_DETECTED, "the group has split: nothing is sent any more");
        }
        if (state.status() != MemberStatus.MEMBER) {
            throw new DeniedException(ErrorCode.NOT_A_MEMBER, "not a member of this group");
        }
    }

    /** A secret for the application, the same for every member of the epoch. EPOCH_UNAVAILABLE when its keys are erased. */
    public synchronized SecretBytes export(GroupId group, long epoch, String label, Octets context, int n) {
        EpochCache cache = cache(group);
        return rows.read(
                group.value(),
                tx -> KeySchedule.export(
                        cache.find(tx, epoch)
                                .orElseThrow(() ->
                                        new ConflictException(ErrorCode.EPOCH_UNAVAILABLE, "no keys of this epoch"))
                                .secrets()
                                .exporter(),
                        label,
                        context,
                        n));
    }

    /** The group as it was verified. */
    public synchronized MemberView view(GroupId group) {
        return rows.read(group.value(), tx -> {
            GroupState state = ChainRows.state(tx);
            return new MemberView(
                    group,
                    state.status(),
                    ChainRows.policy(tx, state.policyHash()),
                    state.epoch(),
                    state.epochHash(),
                    state.epoch() > 0 && Keyed.reached(tx) == state.epoch(),
                    ChainRows.roster(tx, state.rosterHash()),
                    state.proposals().isEmpty()
                            ? Optional.empty()
                            : Optional.of(ChainRows.roster(tx, state.newestRoster())),
                    Instant.ofEpochSecond(state.freshUntil()),
                    Counters.get(tx, Counters.CURSOR),
                    Counters.get(tx, Counters.REFUSED),
                    Counters.get(tx, Counters.CANNOT_OPEN));
        });
    }

    /** Committed epochs after {@code after}, ascending. */
    public synchronized List<EpochView> epochs(GroupId group, long after, int limit) {
        return rows.read(group.value(), tx -> ChainRows.commits(tx, after, limit).stream()
                .map(SignedCommit::commit)
                .map(commit -> new EpochView(commit.header(), GroupHashes.of(commit)))
                .toList());
    }

    /** The roster of a committed epoch, verified; empty for any other. */
    public synchronized Optional<SignedRoster> roster(GroupId group, Hash hash) {
        return rows.read(group.value(), tx -> ChainRows.findRoster(tx, hash));
    }

    /**
     * Derives what a part of Sekisho needs of an epoch; never offered to applications. Empty when its keys are not there (any more).
     */
    public synchronized <T> Optional<T> derive(GroupId group, long epoch, Function<ExporterSecret, T> derivation) {
        EpochCache cache = cache(group);
        return rows.read(group.value(), tx -> cache.find(tx, epoch)
                .map(e -> derivation.apply(e.secrets().exporter())));
    }

    /** Events the application has not had, oldest first. */
    public synchronized List<Delivery> deliveries(GroupId group, int limit) {
        return rows.read(group.value(), tx -> deliveries.first(tx, limit));
    }

    /** The application has had these. Idempotent. */
    public synchronized void delivered(GroupId group, List<Delivery> had) {
        rows.transact(group.value(), tx -> {
            deliveries.remove(tx, had);
            return group;
        });
    }

    /** Fires timers, erases secrets that are due, vouches for the view. To be called at least once a second. */
    public synchronized void tick() {
        Optional<RuntimeException> failure = Optional.empty();
        for (GroupId group : groups()) {
            try {
                if (rows.read(group.value(), tx -> due(tx, group))) {
                    tick(group);
                }
            } catch (RuntimeException e) {
                // one group does not hold up the others
                failure = Optional.of(e);
            }
        }
        failure.ifPresent(e -> {
            throw e;
        });
    }

    private boolean due(RowTx tx, GroupId group) {
        long lived = clock.lived();
        GroupState state = ChainRows.state(tx);
        return runner.timers().nextDue(tx).orElse(Long.MAX_VALUE) <= lived
                || epochs.all(tx).stream().anyMatch(e -> e.eraseAt() != EpochRows.KEPT && e.eraseAt() <= lived)
                || inbox.size(tx, state.instance()) > 0
                || vouchesNow(group) && freshView.isDue(tx, clock.now());
    }

    private void tick(GroupId group) {
        rows.transact(group.value(), tx -> {
            for (Timers.Due timer : runner.timers().takeDue(tx)) {
                inbox.add(tx, timer.instance(), new Event.Timer(timer.name()));
            }
            if (vouchesNow(group) && freshView.isDue(tx, clock.now())) {
                freshView.vouch(tx, clock.now());
            }
            epochs.erase(tx, clock.lived());
            return group;
        });
        if (vouchesNow(group)) {
            vouched.put(group, clock.lived());
        }
        settle(group);
    }

    /** Not again while the last word may still be on its way. */
    private boolean vouchesNow(GroupId group) {
        Long last = vouched.get(group);
        return last == null || clock.lived() - last > VOUCH_AGAIN.toMillis();
    }

    private static final Duration VOUCH_AGAIN = Duration.ofSeconds(30);

    private EpochCache cache(GroupId group) {
        return caches.computeIfAbsent(group, g -> new EpochCache(self, epochs, entropy));
    }

    /** Erases what is in memory; the store stays as it is. */
    @Override
    public synchronized void close() {
        caches.values().forEach(EpochCache::clear);
        caches.clear();
    }
}
