// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.ConflictException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.EpochCommit;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Limit;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx.Takeover;
import org.sekisho.api.scheme.Effect;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.store.RowTx;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.crypto.schedule.EpochSecrets;
import org.sekisho.crypto.schedule.KeySchedule;
import org.sekisho.crypto.schedule.LiveSecrets;
import org.sekisho.crypto.schedule.SchemeSecret;
import org.sekisho.groups.chain.GroupHashes;
import org.sekisho.groups.engine.Host;
import org.sekisho.groups.engine.HostClock;
import org.sekisho.groups.engine.Setting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what a scheme wants done on the member's side. Everything ends in rows of the caller's transaction. */
final class MemberEffects implements Host {

    /** Type of the envelope that carries a signed commit. */
    static final String COMMIT = "host/commit";

    private static final String COMMIT_LABEL = "epoch commit";
    private static final Logger LOG = LoggerFactory.getLogger(MemberEffects.class);

    private final MemberIdentity self;
    private final Envelopes envelopes;
    private final EpochRows epochs;
    private final Activation activation;
    private final Deliveries deliveries;
    private final SwitchKey switchKey;
    private final HostClock clock;

    MemberEffects(
            MemberIdentity self,
            Envelopes envelopes,
            EpochRows epochs,
            Activation activation,
            Deliveries deliveries,
            HostClock clock) {
        this.switchKey = new SwitchKey(epochs);
        this.clock = clock;
        this.self = self;
        this.envelopes = envelopes;
        this.epochs = epochs;
        this.activation = activation;
        this.deliveries = deliveries;
    }

    @Override
    public Setting setting(RowTx tx, long instance) {
        Optional<Takeover> takeover = following(tx, instance)
                .map(p -> new Takeover(
                        p.hash(), p.reinit().signer(), p.reinit().reinit().oldScheme()));
        return new MemberSetting(self, tx, ChainRows.state(tx), takeover, switchKey);
    }

    /** The switch that {@code instance} is the new scheme's of. */
    private static Optional<MemberSwitch> following(RowTx tx, long instance) {
        return MemberSwitch.find(tx).filter(p -> p.instance() == instance);
    }

    @Override
    public List<Event> apply(RowTx tx, long instance, Effect effect) {
        GroupId group = new GroupId(tx.scope());
        if (effect instanceof Effect.Send send) {
            envelopes.send(tx, group, send.to(), send.type(), send.body(), send.slices());
        } else if (effect instanceof Effect.AdoptRoster adopt) {
            return adopt(tx, adopt.roster());
        } else if (effect instanceof Effect.EpochReady ready) {
            ready(tx, instance, ready);
        } else if (effect instanceof Effect.Commit commit) {
            commit(tx, instance, commit.header());
        } else if (effect instanceof Effect.EpochFailed failed) {
            deliveries.add(tx, new MemberEvent.Notice(group, "epoch-failed", Octets.utf8(failed.reason())));
        } else if (effect instanceof Effect.Evidence evidence) {
            deliveries.add(tx, new MemberEvent.Alarm(group, evidence.kind(), evidence.proof()));
        } else if (effect instanceof Effect.Notice notice) {
            deliveries.add(tx, new MemberEvent.Notice(group, notice.name(), notice.detail()));
        } else if (effect instanceof Effect.Audit audit) {
            LOG.debug("{}: {}", group, audit.action());
        } else {
            throw new IllegalStateException(
                    "not an effect of a member: " + effect.getClass().getSimpleName());
        }
        return List.of();
    }

    /** A roster that is known already is adopted again without effect, since its message may come twice. */
    private List<Event> adopt(RowTx tx, SignedRoster roster) {
        GroupState state = ChainRows.state(tx);
        Hash hash = GroupHashes.of(roster);
        if (!state.rosterHash().equals(hash) && !state.proposals().contains(hash)) {
            if (MemberSwitch.isPending(tx)) {
                throw new ConflictException(ErrorCode.SWITCH_PENDING, "a scheme switch is pending");
            }
            ChainRows.checkStep(tx, state, roster);
            Limit.atMost("proposals before a commit", state.proposals().size() + 1, GroupState.MAX_PROPOSALS);
            Roster before = ChainRows.roster(tx, state.newestRoster()).roster();
            ChainRows.put(tx, roster);
            List<Hash> proposals = new ArrayList<>(state.proposals());
            proposals.add(hash);
            ChainRows.save(tx, state.withProposals(proposals));
            deliveries.add(
                    tx,
                    new MemberEvent.RosterProposed(
                            new GroupId(tx.scope()),
                            roster.roster().seq(),
                            roster.signer(),
                            before.addedBy(roster.roster()),
                            before.removedBy(roster.roster())));
        }
        return List.of(new Event.RosterAdopted(roster));
    }

    private void ready(RowTx tx, long instance, Effect.EpochReady ready) {
        EpochHeader header = ready.header();
        try (SchemeSecret own = new SchemeSecret(ready.schemeSecret());
                SchemeSecret secret = switchKey.bind(tx, header, own)) {
            requireOwn(tx, instance, header);
            GroupState state = ChainRows.state(tx);
            Optional<SignedCommit> committed = ChainRows.commit(tx, header.epoch());
            if (committed.isEmpty()) {
                ChainRows.checkNext(tx, state, header);
            } else if (!committed.get().commit().header().equals(header)) {
                throw new ConflictException(ErrorCode.EPOCH_CONFLICT, "another epoch " + header.epoch());
            }
            try (EpochSecrets secrets = KeySchedule.derive(GroupHashes.of(header), secret)) {
                epochs.addPending(tx, header, secrets.live());
                epochs.roots().keep(tx, header, secrets);
            }
            // a newcomer may see the commit before it can derive the key
            committed.ifPresent(commit -> activation.activateLate(tx, state, commit));
        }
    }

    /** A scheme has a say in epochs of its own only. */
    private static void requireOwn(RowTx tx, long instance, EpochHeader header) {
        Optional<MemberSwitch> pending = MemberSwitch.find(tx).filter(p -> p.concerns(header));
        boolean own =
                pending.map(p -> p.isNew(header) == (p.instance() == instance)).orElse(true);
        if (!own) {
            throw new RejectedException(ErrorCode.UNKNOWN_SCHEME, "an epoch of another scheme");
        }
        pending.filter(p -> p.instance() == instance)
                .ifPresent(p -> p.withReady(GroupHashes.of(header)).save(tx));
    }

    private void commit(RowTx tx, long instance, EpochHeader header) {
        Optional<MemberSwitch> pending = MemberSwitch.find(tx);
        if (pending.filter(p -> p.instance() != instance && !p.over(clock.now()))
                .isPresent()) {
            // refused by everybody until the switch is over; then the scheme is told to go on
            return;
        }
        Hash hash = GroupHashes.of(header);
        EpochRows.Entry entry = epochs.find(tx, header.epoch(), hash)
                .orElseThrow(() -> new ConflictException(ErrorCode.EPOCH_UNAVAILABLE, "no such pending epoch"));
        if (entry.active()) {
            return;
        }
        try (LiveSecrets secrets = epochs.open(tx, entry)) {
            Octets tag = KeySchedule.confirmTag(hash, secrets.confirm());
            EpochCommit commit = new EpochCommit(header, tag, self.leaf());
            Octets encoded = EpochCodec.encode(commit);
            Octets body = EpochCodec.encode(
                    new SignedCommit(commit, encoded, self.signing().sign(COMMIT_LABEL, encoded)));
            envelopes.send(tx, header.group(), Party.EVERYONE, COMMIT, body, Map.of());
        }
    }

    @Override
    public void refused(RowTx tx, long instance, Event event, SekishoException why) {
        Counters.next(tx, Counters.REFUSED);
        LOG.debug("{}: {} refused: {}", tx.scope(), event.getClass().getSimpleName(), why.code());
        if (event instanceof Event.Message message && why.code() == ErrorCode.ROSTER_CONFLICT && Keyed.since(tx) > 0) {
            // an honest gateway shows one roster per number (protocol note F16); only a newcomer may be shown old ones
            deliveries.add(tx, new MemberEvent.Alarm(new GroupId(tx.scope()), "ROSTER_CONFLICT", message.body()));
        }
    }

    @Override
    public void poisoned(RowTx tx, long instance, Event event, boolean suspended) {
        String kind = suspended ? "POISON_SUSPENDED" : "POISON";
        deliveries.add(tx, new MemberEvent.Alarm(new GroupId(tx.scope()), kind, Octets.EMPTY));
    }
}
