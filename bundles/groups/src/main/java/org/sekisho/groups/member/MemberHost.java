// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.IndeterminateException;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.groups.GroupChain;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.crypto.schedule.ExporterSecret;
import org.sekisho.groups.chain.GroupHashes;
import org.sekisho.groups.engine.HostClock;
import org.sekisho.groups.engine.InstanceView;
import org.sekisho.groups.engine.SchemeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One leaf with all its groups. Whoever carries octets between this and a gateway may lose, repeat, reorder and forge them: what
 * is wrong is refused and counted, and the verified chain of a group only moves forward.
 *
 * <p>Guarantees: a method that returns has made its effect durable; a log entry is handled exactly once, in order; nothing is to
 * be sent before the state it follows from is stored; sealing never repeats a nonce. Killed at any point, a new object on the
 * same store goes on. A group whose rows are damaged holds up no other: {@link #damaged()} names it.
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

    private final MemberParts parts;
    private final Settling settling;
    private final Joining joining;
    private final LogReader log;
    private final MailReader mail;
    private final Posting posting;
    private final Sealing sealing;
    private final Orders orders;
    private final Ticking ticking;
    private final Map<GroupId, String> damaged = new ConcurrentHashMap<>();

    /**
     * Goes on with what the vault holds.
     *
     * @param vault stays the caller's
     */
    public MemberHost(MemberIdentity self, MemberVault vault, SchemeSource schemes, HostClock clock, Entropy entropy) {
        this.parts = MemberParts.of(self, vault, schemes, clock, entropy);
        this.settling = new Settling(parts);
        this.joining = new Joining(parts, settling);
        this.log = new LogReader(parts, settling);
        this.mail = new MailReader(parts, settling);
        this.posting = new Posting(parts, settling);
        this.sealing = new Sealing(parts);
        this.orders = new Orders(parts);
        this.ticking = new Ticking(parts, settling);
        stored().forEach(this::resume);
    }

    private void resume(GroupId group) {
        try {
            settling.resume(group);
        } catch (UnavailableException | IndeterminateException storeIsDown) {
            throw storeIsDown;
        } catch (RuntimeException e) {
            // R13: one damaged group does not keep this leaf out of the others
            LOG.error("group {} cannot be opened: {}", group, e.toString());
            damaged.put(group, String.valueOf(e.getMessage()));
        }
    }

    public LeafId leaf() {
        return parts.self().leaf();
    }

    /** Groups that are in the store, those left included; without {@link #damaged()} ones. Ascending. */
    public List<GroupId> groups() {
        return stored().stream().filter(group -> !damaged.containsKey(group)).toList();
    }

    private List<GroupId> stored() {
        List<GroupId> all = new ArrayList<>();
        Octets after = Octets.EMPTY;
        for (List<Octets> page; !(page = parts.rows().scopes(Table.GROUP, after, 500)).isEmpty(); ) {
            page.forEach(scope -> all.add(new GroupId(scope)));
            after = page.get(page.size() - 1);
        }
        return all;
    }

    /** Groups whose rows could not be read when this object began, and why. They are left alone until the next one begins. */
    public Map<GroupId, String> damaged() {
        return Map.copyOf(damaged);
    }

    /** Founds a group that this leaf owns: {@code policy.ownerKey} is its identity key. Usable after its first epoch. */
    public synchronized GroupId found(Policy policy) {
        return joining.found(policy);
    }

    /** Invitations nobody has answered yet; expired ones are forgotten. */
    public synchronized List<PendingInvitation> invitations() {
        return joining.invitations();
    }

    /** Forgets an invitation. Idempotent. */
    public synchronized void ignore(Hash invitation) {
        joining.ignore(invitation);
    }

    /**
     * Accepts an invitation: verifies the group from its genesis to what the invitation pins, then begins the scheme.
     *
     * @param params what the scheme wants of a newcomer
     */
    public synchronized GroupId join(Hash invitation, GroupChain chain, Octets params) {
        return joining.join(invitation, chain, params);
    }

    /**
     * While JOINING: takes the past up to the roster that adds this leaf. From then on the log is read.
     *
     * @return false while no roster of the chain has this leaf
     */
    public synchronized boolean catchUp(GroupId group, GroupChain chain) {
        return joining.catchUp(group, chain);
    }

    /**
     * The gateway refused to read on with LOG_EXPIRED: the application is alarmed once, and an invitation to come back is accepted
     * though this leaf never saw itself removed. Nothing is erased before that, since the gateway may lie.
     */
    public synchronized void behind(GroupId group) {
        joining.behind(group);
    }

    /** Position of the newest log entry that was taken. */
    public long cursor(GroupId group) {
        return parts.rows().read(group.value(), tx -> Counters.get(tx, Counters.CURSOR));
    }

    /** Position of the newest mailbox entry that was taken. */
    public long mailCursor() {
        return mail.cursor();
    }

    /**
     * Takes entries of a group's log, in order; those taken before are skipped.
     *
     * @return false when it stopped early: an entry must wait, for a scheme that is absent or the end of a scheme switch, or
     *     this leaf is still JOINING. Then read again from {@link #cursor} a little later; offer nothing after the entry before.
     */
    public synchronized boolean take(GroupId group, List<LogEntry> entries) {
        return log.take(group, entries);
    }

    /** Whose key a mailbox entry must be verified with, when it is nobody known here: look it up, then call {@link #takeMail}. */
    public synchronized Optional<LeafId> stranger(LogEntry entry) {
        return mail.stranger(entry);
    }

    /**
     * Takes one mailbox entry; one taken before is skipped.
     *
     * @param senderKey Ed25519 key of the {@link #stranger}, checked by its certificate
     */
    public synchronized void takeMail(LogEntry entry, Optional<Octets> senderKey) {
        mail.take(entry, senderKey);
    }

    /** What the gateway must get, oldest first. */
    public synchronized List<Outgoing> outbox(GroupId group, int limit) {
        return posting.outbox(group, limit);
    }

    /** The gateway has it and has acted on it. Idempotent. */
    public synchronized void sent(Outgoing outgoing) {
        posting.sent(outgoing);
    }

    /** The gateway has it and will act on it when its scheme is back; it may refuse it then. Idempotent. */
    public synchronized void queued(Outgoing outgoing) {
        posting.queued(outgoing);
    }

    /** The gateway refused it for good; the scheme is told. Idempotent. */
    public synchronized void refused(Outgoing outgoing, ErrorCode code) {
        posting.refused(outgoing, code);
    }

    /** Hands a request to the group's scheme; throws what it refuses with. Name and arguments are the scheme's own. */
    public synchronized void request(GroupId group, String name, Octets args) {
        settling.settle(group);
        parts.rows().transact(group.value(), tx -> {
            GroupState state = ChainRows.state(tx);
            Sealing.requireMember(state);
            parts.runner().handle(tx, parts.effects(), state.instance(), new Event.Request(name, args));
            return state;
        });
        settling.settle(group);
    }

    /**
     * Makes a newer policy known to everyone. It comes into force with the first epoch whose roster names it. For the owner, while
     * an administrator.
     *
     * @return its hash
     */
    public synchronized Hash updatePolicy(GroupId group, Policy policy) {
        return orders.policy(group, policy);
    }

    /**
     * Orders the group to move to another scheme (protocol note F19). For administrators. Returns when the order is kept; it is
     * sent as soon as the gateway can be reached, and {@link MemberEvent.SchemeSwitch} or {@link MemberEvent.Refused} tells the
     * outcome. Errors: FORBIDDEN, SWITCH_PENDING, UNKNOWN_SCHEME, POLICY_VIOLATION, ALREADY_EXISTS.
     *
     * @param params what the new scheme is begun with; its own
     * @param within after this time it is given up; 7 days at most
     * @return H(Reinit)
     */
    public synchronized Hash switchScheme(GroupId group, String scheme, Octets params, Duration within) {
        return orders.switchScheme(group, scheme, params, within);
    }

    /** Cancels the pending scheme switch. For administrators. EPOCH_CONFLICT when there is none. */
    public synchronized void cancelSwitch(GroupId group) {
        orders.cancelSwitch(group);
    }

    /**
     * Seals a message for the group's current epoch. Errors: NOT_A_MEMBER, FORK_DETECTED, EPOCH_UNAVAILABLE (no keys yet),
     * STALE_VIEW, LIMIT_EXCEEDED.
     */
    public synchronized Octets seal(GroupId group, String contentType, byte[] plaintext) {
        return sealing.seal(group, contentType, plaintext);
    }

    /** A secret for the application, the same for every member of the epoch. EPOCH_UNAVAILABLE when its keys are erased. */
    public synchronized SecretBytes export(GroupId group, long epoch, String label, Octets context, int n) {
        return sealing.export(group, epoch, label, context, n);
    }

    /** The group as it was verified. */
    public synchronized MemberView view(GroupId group) {
        return parts.rows().read(group.value(), tx -> view(tx, group));
    }

    private static MemberView view(RowTx tx, GroupId group) {
        GroupState state = ChainRows.state(tx);
        Policy policy = ChainRows.policy(tx, state.policyHash());
        return new MemberView(
                group,
                state.status(),
                policy,
                state.epoch(),
                state.epochHash(),
                state.epoch() > 0 && Keyed.reached(tx) == state.epoch(),
                ChainRows.roster(tx, state.rosterHash()),
                state.proposals().isEmpty()
                        ? Optional.empty()
                        : Optional.of(ChainRows.roster(tx, state.newestRoster())),
                Instant.ofEpochSecond(state.freshUntil()),
                state.header().map(EpochHeader::schemeId).orElse(policy.schemeId()),
                MemberSwitch.find(tx).map(pending -> pending.reinit().reinit()),
                MemberSwitch.lacking(tx),
                Counters.get(tx, Counters.CURSOR),
                Counters.get(tx, Counters.REFUSED),
                Counters.get(tx, Counters.CANNOT_OPEN));
    }

    /** What the group's scheme shows of this leaf's side, no secrets; of one that is being switched to, with {@code next.} before it. */
    public synchronized Map<String, String> inspect(GroupId group) {
        return parts.rows().read(group.value(), tx -> {
            var shown = new TreeMap<String, String>();
            long running = ChainRows.state(tx).instance();
            Optional<Long> next = MemberSwitch.find(tx).map(MemberSwitch::instance);
            for (InstanceView instance : parts.runner().instances(tx)) {
                if (instance.id() == running) {
                    shown.putAll(instance.details());
                } else if (next.filter(id -> id == instance.id()).isPresent()) {
                    instance.details().forEach((key, value) -> shown.put("next." + key, value));
                }
            }
            return shown;
        });
    }

    /** Committed epochs after {@code after}, ascending. */
    public synchronized List<EpochView> epochs(GroupId group, long after, int limit) {
        return parts.rows().read(group.value(), tx -> ChainRows.commits(tx, after, limit).stream()
                .map(SignedCommit::commit)
                .map(commit -> new EpochView(commit.header(), GroupHashes.of(commit)))
                .toList());
    }

    /** The roster of a committed epoch, verified; empty for any other. */
    public synchronized Optional<SignedRoster> roster(GroupId group, Hash hash) {
        return parts.rows().read(group.value(), tx -> ChainRows.findRoster(tx, hash));
    }

    /**
     * Derives what a part of Sekisho needs of an epoch; never offered to applications. Empty when its keys are not there (any more).
     */
    public synchronized <T> Optional<T> derive(GroupId group, long epoch, Function<ExporterSecret, T> derivation) {
        return sealing.derive(group, epoch, derivation);
    }

    /** Events the application has not had, oldest first. */
    public synchronized List<Delivery> deliveries(GroupId group, int limit) {
        return deliveries(group, 0, limit);
    }

    /** Those with a greater number than {@code after}. */
    public synchronized List<Delivery> deliveries(GroupId group, long after, int limit) {
        return parts.rows().read(group.value(), tx -> parts.deliveries().after(tx, after, limit));
    }

    /** The application has had these. Idempotent. */
    public synchronized void delivered(GroupId group, List<Delivery> had) {
        parts.rows().transact(group.value(), tx -> {
            parts.deliveries().remove(tx, had);
            return group;
        });
    }

    /** Fires timers, erases secrets that are due, vouches for the view. To be called at least once a second. */
    public synchronized void tick() {
        Optional<RuntimeException> failure = Optional.empty();
        for (GroupId group : groups()) {
            try {
                ticking.tick(group);
            } catch (RuntimeException e) {
                // one group does not hold up the others
                failure = Optional.of(e);
            }
        }
        failure.ifPresent(e -> {
            throw e;
        });
    }

    /** Erases what is in memory; the store stays as it is. */
    @Override
    public synchronized void close() {
        parts.caches().clear();
    }
}
