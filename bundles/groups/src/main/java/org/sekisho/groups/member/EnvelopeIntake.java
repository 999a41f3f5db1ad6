// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedPolicy;
import org.sekisho.api.groups.SchemeSwitches;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.store.RowTx;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.codec.group.PolicyCodec;
import org.sekisho.groups.chain.EnvelopeGate;
import org.sekisho.groups.chain.Freshness;
import org.sekisho.groups.chain.MessageCounters;
import org.sekisho.groups.chain.PolicyCheck;
import org.sekisho.groups.engine.HostClock;
import org.sekisho.groups.engine.Inbox;
import org.sekisho.groups.engine.Runner;
import org.sekisho.groups.engine.SchemeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Protocol messages from the log or the mailbox: verified, counted, then carried out here (types {@code host/...}) or queued
 * for the scheme. What is wrong is counted and skipped; it never stops the log.
 */
final class EnvelopeIntake {

    /** Type of the envelope that carries a newer signed policy. */
    static final String POLICY = "host/policy";

    static final String HOST = "host/";

    private static final Logger LOG = LoggerFactory.getLogger(EnvelopeIntake.class);

    private final MemberIdentity self;
    private final Activation activation;
    private final FreshView freshView;
    private final Deliveries deliveries;
    private final Inbox inbox;
    private final SchemeSource schemes;
    private final Runner runner;
    private final SwitchFollower switches;
    private final Refusals refusals;
    private final HostClock clock;
    private final MessageCounters counters = new MessageCounters();

    EnvelopeIntake(
            MemberIdentity self,
            Activation activation,
            FreshView freshView,
            Deliveries deliveries,
            Inbox inbox,
            SchemeSource schemes,
            Runner runner,
            SwitchFollower switches,
            HostClock clock) {
        this.self = self;
        this.activation = activation;
        this.freshView = freshView;
        this.deliveries = deliveries;
        this.inbox = inbox;
        this.schemes = schemes;
        this.runner = runner;
        this.switches = switches;
        this.refusals = new Refusals(inbox, deliveries);
        this.clock = clock;
    }

    /** From the group's log: from a member or the server, to everyone or to this leaf. */
    void fromLog(RowTx tx, Octets bytes, Optional<Octets> slice) {
        Party me = new Party.Member(self.leaf());
        take(tx, bytes, slice, to -> to instanceof Party.Everyone || to.equals(me), Optional.empty());
    }

    /**
     * From the mailbox: from anybody, to this leaf.
     *
     * @param senderKey key of a sender that is in no roster of the group
     */
    void fromMail(RowTx tx, Octets bytes, Optional<Octets> senderKey) {
        Party me = new Party.Member(self.leaf());
        take(tx, bytes, Optional.empty(), me::equals, senderKey);
    }

    private void take(
            RowTx tx, Octets bytes, Optional<Octets> slice, Predicate<Party> audience, Optional<Octets> outsider) {
        try {
            GroupState state = ChainRows.state(tx);
            var gate = new EnvelopeGate(new GroupId(tx.scope()), audience, from -> key(tx, state, from)
                    .or(() -> outsider));
            act(tx, gate.admit(bytes), slice);
        } catch (SekishoException refused) {
            if (refused.code().category() == ErrorCode.Category.UNAVAILABLE) {
                throw refused;
            }
            Counters.next(tx, Counters.REFUSED);
            LOG.debug("{}: envelope refused: {}", tx.scope(), refused.code());
        }
    }

    private void act(RowTx tx, EnvelopeGate.Admitted admitted, Optional<Octets> slice) {
        Envelope envelope = admitted.envelope();
        requireAudience(tx, envelope);
        Hash hash = admitted.hash();
        Freshness freshness = counters.check(tx, envelope, hash);
        // of somebody outside of the roster it proves nothing about the group: an invited stranger may answer twice
        boolean member = key(tx, ChainRows.state(tx), envelope.from()).isPresent();
        if (freshness == Freshness.CONFLICTING && member) {
            deliveries.add(
                    tx,
                    new MemberEvent.Alarm(
                            envelope.group(),
                            "COUNTER_REUSED",
                            admitted.signed().encoded()));
        }
        if (freshness != Freshness.FRESH) {
            Counters.next(tx, Counters.REFUSED);
            return;
        }
        switch (envelope.type()) {
            case MemberEffects.COMMIT -> accept(tx, commit(envelope), envelope.issuedAt());
            case SchemeSwitches.REINIT -> switches.begin(tx, envelope);
            case SchemeSwitches.CANCEL -> switches.cancel(tx, envelope);
            case SwitchFollower.ENDED -> switches.ended(tx, envelope);
            case SwitchFollower.ASKED -> switches.asked(tx, envelope);
            case Sent.REFUSED -> refusals.accept(tx, envelope);
            case Fresh.TYPE -> freshView.accept(tx, envelope, clock.now());
            case Complaint.TYPE -> {
                Complaint complaint = Complaint.decode(envelope.body());
                deliveries.add(
                        tx,
                        new MemberEvent.Alarm(envelope.group(), "COMPLAINT_" + complaint.kind(), complaint.proof()));
            }
            case POLICY -> policy(tx, envelope);
            default -> {
                if (envelope.type().startsWith(HOST)) {
                    throw new RejectedException(ErrorCode.MALFORMED, "no such type of message");
                }
                var message = new Event.Message(envelope.from(), envelope.type(), envelope.body(), slice);
                boolean letter = envelope.to() instanceof Party.Member && envelope.from() instanceof Party.Member;
                if (!letter || !switches.keepEarly(tx, message)) {
                    inbox.add(tx, SwitchFollower.instance(tx, envelope.type()), message);
                }
            }
        }
        counters.record(tx, envelope, hash);
    }

    /**
     * What all members must see alike is taken from the log only: by mailbox, anybody could tell it to one leaf, even who is no
     * member, and stop that leaf or split it off.
     */
    private void requireAudience(RowTx tx, Envelope envelope) {
        boolean admitted = envelope.type().startsWith(HOST)
                ? envelope.to() instanceof Party.Everyone
                        || envelope.from() instanceof Party.Server && envelope.to() instanceof Party.Member
                : runner.scheme(tx, SwitchFollower.instance(tx, envelope.type()))
                        .flatMap(schemes::scheme)
                        .map(scheme -> scheme.admits(envelope.type(), envelope.to()))
                        .orElse(true);
        if (!admitted) {
            throw new RejectedException(ErrorCode.WRONG_AUDIENCE, "not a message for one leaf alone");
        }
    }

    /** Sent by its sponsor: else its time could be another's, and a former member could wrap what it signed long ago. */
    private static SignedCommit commit(Envelope envelope) {
        SignedCommit commit = EpochCodec.decodeSigned(envelope.body());
        if (!envelope.from().equals(new Party.Member(commit.commit().sponsor()))) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "a commit is sent by its sponsor");
        }
        return commit;
    }

    /** A newer policy becomes known; it is in force with the first epoch whose roster names it. */
    private static void policy(RowTx tx, Envelope envelope) {
        GroupState state = ChainRows.state(tx);
        if (!FreshView.isAdmin(ChainRows.roster(tx, state.rosterHash()), envelope.from())) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "policies come from administrators");
        }
        SignedPolicy next = PolicyCodec.decodeSigned(envelope.body());
        PolicyCheck.checkStep(ChainRows.policy(tx, state.policyHash()), next);
        ChainRows.put(tx, next);
    }

    private void accept(RowTx tx, SignedCommit commit, Instant issuedAt) {
        EpochHeader header = commit.commit().header();
        switches.judge(tx, header);
        Optional<Event> event = activation.accept(tx, commit, issuedAt);
        if (event.isEmpty()) {
            return;
        }
        boolean left = event.get() instanceof Event.Abort;
        if (left) {
            switches.left(tx);
        }
        boolean switched = !left && switches.committed(tx, header);
        inbox.add(tx, ChainRows.state(tx).instance(), event.get());
        if (switched) {
            // what it took over of membership may have timers to set and messages to send again
            inbox.add(tx, ChainRows.state(tx).instance(), new Event.Resume("scheme switch"));
        }
    }

    /** By the newest roster that has the sender: a proposal's newcomers may speak, and so may those it removes. */
    static Optional<Octets> key(RowTx tx, GroupState state, Party from) {
        if (from instanceof Party.Server) {
            return Optional.of(ChainRows.policy(tx, state.policyHash()).serverKey());
        }
        if (!(from instanceof Party.Member member)) {
            return Optional.empty();
        }
        LeafId leaf = member.leaf();
        List<Hash> rosters = new ArrayList<>();
        rosters.add(state.rosterHash());
        rosters.addAll(state.proposals());
        return rosters.stream()
                .flatMap(hash -> ChainRows.roster(tx, hash).roster().entry(leaf).stream())
                .findFirst()
                .map(entry -> entry.idKey());
    }
}
