// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.util.Map;
import java.util.Optional;
import org.sekisho.api.ConflictException;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.RejectedException;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Reinit;
import org.sekisho.api.group.ReinitCancel;
import org.sekisho.api.group.SignedReinit;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.groups.SchemeSwitches;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.api.scheme.Role;
import org.sekisho.api.scheme.SchemeDescriptor;
import org.sekisho.api.store.RowTx;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.MalformedException;
import org.sekisho.codec.group.ReinitCodec;
import org.sekisho.groups.chain.SwitchCheck;
import org.sekisho.groups.engine.Host;
import org.sekisho.groups.engine.HostClock;
import org.sekisho.groups.engine.Inbox;
import org.sekisho.groups.engine.Runner;
import org.sekisho.groups.engine.SchemeSource;
import org.sekisho.groups.member.MemberEvent.SchemeSwitch.Stage;

/**
 * Follows a scheme switch on the member's side (protocol notes 10.5, F19), in the order of the log. From an order that this leaf
 * has verified itself, the new scheme's instance runs beside the old one; commits of the old scheme for the next epoch are not
 * taken until the order's time is over or an administrator cancels it. The gateway's word that it gave up is believed only then.
 *
 * <p>What is decided here is decided by the log, so members that were away decide the same when they come back.
 */
final class SwitchFollower {

    /** Types of what the server says: {@code [1, H(Reinit), reason]} and {@code [1, scheme, protocol, reason]}. */
    static final String ENDED = "host/reinit-ended";

    static final String ASKED = "host/reinit-asked";

    private static final int VERSION = 1;
    private static final int MAX_TEXT = 512;

    private final MemberIdentity self;
    private final Runner runner;
    private final Host host;
    /** No instance: what waits for one of a scheme that is still to come. */
    private static final long EARLY = 0;

    private static final int MOST_EARLY = 256;

    private final Inbox inbox;
    private final EpochRows epochs;
    private final Envelopes envelopes;
    private final Deliveries deliveries;
    private final SchemeSource schemes;
    private final HostClock clock;

    SwitchFollower(
            MemberIdentity self,
            Runner runner,
            Host host,
            Inbox inbox,
            EpochRows epochs,
            Envelopes envelopes,
            Deliveries deliveries,
            SchemeSource schemes,
            HostClock clock) {
        this.self = self;
        this.runner = runner;
        this.host = host;
        this.inbox = inbox;
        this.epochs = epochs;
        this.envelopes = envelopes;
        this.deliveries = deliveries;
        this.schemes = schemes;
        this.clock = clock;
    }

    /** Which instance a message of this type is for: membership stays with the present epoch's scheme. */
    static long instance(RowTx tx, String type) {
        return MemberSwitch.find(tx)
                .filter(p -> type.startsWith(p.prefix()))
                .map(MemberSwitch::instance)
                .orElseGet(() -> ChainRows.state(tx).instance());
    }

    /**
     * A letter that is not of the present scheme as far as can be told: mail may overtake the log, where the order to switch
     * stands, and while a bundle is away nobody knows what is its own. Kept until its scheme is there, at most
     * {@value #MOST_EARLY} of them; false when there is no need.
     */
    boolean keepEarly(RowTx tx, Event.Message letter) {
        if (isMembership(letter.type()) || addressee(tx, letter.type()).isPresent()) {
            return false;
        }
        if (inbox.size(tx, EARLY) >= MOST_EARLY) {
            throw new RejectedException(ErrorCode.LIMIT_EXCEEDED, "too many letters of other schemes");
        }
        inbox.add(tx, EARLY, letter);
        return true;
    }

    boolean hasEarly(RowTx tx) {
        return inbox.size(tx, EARLY) > 0;
    }

    /** Gives early letters to the instance that can read them now. */
    void deliverEarly(RowTx tx) {
        for (Event event : inbox.clear(tx, EARLY)) {
            String type = ((Event.Message) event).type();
            inbox.add(tx, addressee(tx, type).orElse(EARLY), event);
        }
    }

    private Optional<Long> addressee(RowTx tx, String type) {
        long instance = instance(tx, type);
        return runner.scheme(tx, instance)
                .flatMap(schemes::scheme)
                .filter(s -> type.startsWith(s.descriptor().prefix()))
                .map(s -> instance);
    }

    /** An order from the log. {@link SwitchRefused} when it does not hold, {@link SchemeMissing} when its scheme is not here. */
    void begin(RowTx tx, Envelope envelope) {
        try {
            SignedReinit signed = ReinitCodec.decodeSigned(envelope.body());
            Optional<MemberSwitch> before = MemberSwitch.find(tx);
            before.ifPresent(pending -> replace(tx, pending));
            SchemeDescriptor scheme = check(tx, envelope, signed);
            if (!MemberSwitch.use(tx, signed)) {
                throw new ConflictException(ErrorCode.REPLAYED, "this order was used up");
            }
            long instance = runner.nextInstance(tx);
            var pending = new MemberSwitch(signed, instance, scheme.prefix(), false, false, java.util.List.of());
            pending.save(tx);
            MemberSwitch.found(tx);
            runner.create(tx, host, scheme.id(), Role.MEMBER, signed.params());
            tell(tx, Stage.BEGUN, signed, "");
        } catch (SekishoException refused) {
            if (refused.code().category() == ErrorCode.Category.UNAVAILABLE) {
                throw refused;
            }
            throw new SwitchRefused(refused);
        }
    }

    /** Another order can only follow where the gateway gave the first one up, which it may when its time is over. */
    private void replace(RowTx tx, MemberSwitch pending) {
        if (!pending.over(clock.now())) {
            throw new LogWaits("the time of the scheme switch before");
        }
        end(tx, pending, "expired");
    }

    private SchemeDescriptor check(RowTx tx, Envelope envelope, SignedReinit signed) {
        if (!envelope.from().equals(new Party.Member(signed.signer()))) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "a scheme switch is sent by who ordered it");
        }
        GroupState state = ChainRows.state(tx);
        SignedRoster committed = ChainRows.roster(tx, state.rosterHash());
        SignedRoster link = ChainRows.roster(tx, state.newestRoster());
        Policy named = ChainRows.policy(tx, link.roster().policyHash());
        var epoch = ChainRows.epoch(state)
                .orElseThrow(() -> new ConflictException(ErrorCode.EPOCH_CONFLICT, "no epoch to switch from"));
        Policy inForce = ChainRows.policy(tx, state.policyHash());
        SwitchCheck.check(signed, new SwitchCheck.Ground(epoch, committed, link, inForce, named));
        SwitchCheck.checkTime(signed.reinit(), envelope.issuedAt());
        SchemeDescriptor scheme = schemes.scheme(signed.reinit().newScheme())
                .map(GroupKeyScheme::descriptor)
                .orElseThrow(() -> new SchemeMissing(signed));
        SwitchCheck.checkScheme(signed.reinit(), named, scheme);
        return scheme;
    }

    /** The log waits for a scheme; the application is told once of each order. */
    void missing(RowTx tx, SignedReinit signed) {
        if (MemberSwitch.lack(tx, signed)) {
            tell(tx, Stage.SCHEME_MISSING, signed, "scheme " + signed.reinit().newScheme() + " is absent here");
        }
    }

    /** An order was refused and its transaction undone: people should know why this leaf stays behind. */
    void refused(RowTx tx, Envelope envelope, SekishoException why) {
        MemberSwitch.found(tx);
        Counters.next(tx, Counters.REFUSED);
        try {
            SignedReinit signed = ReinitCodec.decodeSigned(envelope.body());
            tell(tx, Stage.REFUSED, signed, why.code().name());
        } catch (RejectedException malformed) {
            // nothing to tell but that something was refused
        }
    }

    /** An administrator's word: the old scheme goes on at once. */
    void cancel(RowTx tx, Envelope envelope) {
        ReinitCancel cancel = ReinitCodec.decodeCancel(envelope.body());
        GroupState state = ChainRows.state(tx);
        if (!FreshView.isAdmin(ChainRows.roster(tx, state.rosterHash()), envelope.from())) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "a scheme switch is cancelled by an administrator");
        }
        MemberSwitch pending = MemberSwitch.find(tx)
                .filter(p -> p.hash().equals(cancel.reinit()) && cancel.group().equals(envelope.group()))
                .orElseThrow(() -> new ConflictException(ErrorCode.EPOCH_CONFLICT, "no such scheme switch"));
        end(tx, pending, "cancelled");
    }

    /** The gateway gave up. Who ordered the switch cancels it, so that nobody has to wait for the end of its time. */
    void ended(RowTx tx, Envelope envelope) {
        requireServer(envelope);
        CborReader in = new CborReader(envelope.body());
        Hash hash;
        String reason;
        try {
            in.struct(VERSION, 3);
            hash = in.hash();
            reason = in.text(MAX_TEXT);
            in.end();
        } catch (MalformedException e) {
            throw new RejectedException(ErrorCode.MALFORMED, "end of a scheme switch: " + e.getMessage());
        }
        Optional<MemberSwitch> pending =
                MemberSwitch.find(tx).filter(p -> p.hash().equals(hash) && !p.givenUp());
        if (pending.isEmpty()) {
            return;
        }
        if (pending.get().over(clock.now())) {
            end(tx, pending.get(), reason);
            return;
        }
        pending.get().withGivenUp().save(tx);
        tell(tx, Stage.GIVEN_UP, pending.get().reinit(), reason);
        if (pending.get().reinit().signer().equals(self.leaf())) {
            cancel(tx, pending.get());
        }
    }

    /** Sends this leaf's word that the switch is given up; it takes effect where it stands in the log. */
    void cancel(RowTx tx, MemberSwitch pending) {
        GroupId group = new GroupId(tx.scope());
        var body = ReinitCodec.encode(new ReinitCancel(group, pending.hash()));
        envelopes.send(tx, group, Party.EVERYONE, SchemeSwitches.CANCEL, body, Map.of());
    }

    /** An operator asks for a switch. */
    void asked(RowTx tx, Envelope envelope) {
        requireServer(envelope);
        try {
            CborReader in = new CborReader(envelope.body());
            in.struct(VERSION, 4);
            String scheme = in.text(64);
            in.uint(Integer.MAX_VALUE);
            String reason = in.text(MAX_TEXT);
            in.end();
            deliveries.add(
                    tx,
                    new MemberEvent.SchemeSwitch(
                            envelope.group(),
                            Stage.ASKED,
                            running(tx),
                            scheme,
                            Optional.empty(),
                            Optional.empty(),
                            reason));
        } catch (MalformedException e) {
            throw new RejectedException(ErrorCode.MALFORMED, "question for a scheme switch: " + e.getMessage());
        }
    }

    private static void requireServer(Envelope envelope) {
        if (!(envelope.from() instanceof Party.Server)) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "only the server says this");
        }
    }

    private static String running(RowTx tx) {
        return ChainRows.state(tx).header().map(EpochHeader::schemeId).orElse("");
    }

    /** Whether a commit may be judged now: one of the old scheme only after the switch's time. */
    void judge(RowTx tx, EpochHeader header) {
        MemberSwitch.find(tx)
                .filter(p -> p.concerns(header) && !p.isNew(header) && !p.over(clock.now()))
                .ifPresent(p -> {
                    throw new LogWaits("the end of a scheme switch");
                });
    }

    /** An epoch was committed: the switch is done, or has come to nothing. True when it is done. */
    boolean committed(RowTx tx, EpochHeader header) {
        Optional<MemberSwitch> pending = MemberSwitch.find(tx).filter(p -> p.concerns(header));
        if (pending.isEmpty()) {
            return false;
        }
        if (!pending.get().isNew(header)) {
            end(tx, pending.get(), "expired");
            return false;
        }
        complete(tx, pending.get());
        return true;
    }

    private void complete(RowTx tx, MemberSwitch pending) {
        GroupState state = ChainRows.state(tx);
        long old = state.instance();
        ChainRows.save(tx, state.withInstance(pending.instance()));
        MemberSwitch.done(tx, pending.reinit());
        MemberSwitch.clear(tx);
        succeed(tx, old, pending.instance());
        tell(tx, Stage.DONE, pending.reinit(), "");
    }

    /** One instance takes another's place: it inherits membership and what waits for it; the other is erased. */
    void succeed(RowTx tx, long old, long next) {
        runner.carryOver(tx, old, next);
        for (Event event : inbox.clear(tx, old)) {
            boolean membership = event instanceof Event.Message m && isMembership(m.type())
                    || event instanceof Event.Refused r && isMembership(r.type());
            if (membership) {
                inbox.add(tx, next, event);
            }
        }
        runner.abort(tx, host, old, "superseded");
    }

    private static boolean isMembership(String type) {
        return type.startsWith(SchemeDescriptor.MEMBERSHIP);
    }

    /** The leaf leaves the group: with it goes what it had prepared. */
    void left(RowTx tx) {
        MemberSwitch.found(tx);
        inbox.clear(tx, EARLY);
        MemberSwitch.find(tx).ifPresent(pending -> erase(tx, pending));
    }

    private void end(RowTx tx, MemberSwitch pending, String why) {
        erase(tx, pending);
        if (!pending.givenUp()) {
            tell(tx, Stage.GIVEN_UP, pending.reinit(), why);
        }
        inbox.add(tx, ChainRows.state(tx).instance(), new Event.Resume("scheme switch given up"));
    }

    private void erase(RowTx tx, MemberSwitch pending) {
        inbox.clear(tx, pending.instance());
        runner.abort(tx, host, pending.instance(), "given up");
        epochs.drop(tx, pending.ready());
        MemberSwitch.clear(tx);
    }

    /** Whether {@link #tick} has something to do. */
    boolean isDue(RowTx tx) {
        return MemberSwitch.find(tx)
                .filter(p -> p.over(clock.now()) && (p.givenUp() || !p.resumed()))
                .isPresent();
    }

    /** The time of a switch is over: the old scheme may go on, whatever the log will say. */
    void tick(RowTx tx) {
        Optional<MemberSwitch> due = MemberSwitch.find(tx).filter(p -> p.over(clock.now()));
        if (due.isEmpty()) {
            return;
        }
        if (due.get().givenUp()) {
            end(tx, due.get(), "expired");
        } else if (!due.get().resumed()) {
            due.get().withResumed().save(tx);
            inbox.add(tx, ChainRows.state(tx).instance(), new Event.Resume("scheme switch over"));
        }
    }

    private void tell(RowTx tx, Stage stage, SignedReinit signed, String detail) {
        Reinit reinit = signed.reinit();
        deliveries.add(
                tx,
                new MemberEvent.SchemeSwitch(
                        new GroupId(tx.scope()),
                        stage,
                        reinit.oldScheme(),
                        reinit.newScheme(),
                        Optional.of(signed.signer()),
                        Optional.of(SwitchCheck.hash(signed)),
                        Cbor.nfc(detail)));
    }
}
