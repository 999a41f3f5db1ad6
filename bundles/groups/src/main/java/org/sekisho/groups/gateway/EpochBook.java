// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.ConflictException;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.audit.AuditEntry;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.groups.EpochRecord;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.groups.chain.CommitCheck;
import org.sekisho.groups.chain.EnvelopeGate.Admitted;
import org.sekisho.groups.chain.EpochCheck;
import org.sekisho.groups.chain.GroupHashes;
import org.sekisho.groups.chain.SwitchCheck;
import org.sekisho.groups.gateway.GroupRecord.Grace;

/** Epochs: opened by the scheme, committed by the first member whose commit is valid, kept for ever. */
final class EpochBook {

    /** How long messages of the epoch before are taken, if both are of one cohort (protocol note F10). */
    static final Duration GRACE = Duration.ofSeconds(60);

    private static final int VERSION = 1;

    private final GatewayParts parts;

    EpochBook(GatewayParts parts) {
        this.parts = parts;
    }

    /**
     * This header, and no other, may be committed from now on. While a scheme switch is pending, only the new scheme's may; the
     * old scheme's is held until the switch has come to nothing (protocol note F19).
     */
    void open(RowTx tx, long instance, EpochHeader header) {
        GroupState state = parts.groups().require(tx);
        Optional<PendingSwitch> pending = SwitchRows.find(tx);
        boolean next = pending.filter(p -> p.instance() == instance).isPresent();
        check(
                tx,
                state,
                header,
                next
                        ? pending.get().next().schemeId()
                        : state.record().running().schemeId());
        if (next) {
            SwitchCheck.checkFirst(pending.get().reinit().reinit(), header);
        }
        if (next || pending.isEmpty()) {
            parts.groups().save(tx, state.record().withOpen(Optional.of(header)));
        } else {
            SwitchRows.save(tx, pending.get().holding(Optional.of(header)));
        }
    }

    void fail(RowTx tx, String reason) {
        GroupState state = parts.groups().require(tx);
        Optional<PendingSwitch> pending = SwitchRows.find(tx);
        if (pending.isPresent()) {
            SwitchRows.save(tx, pending.get().holding(Optional.empty()));
        } else {
            parts.groups().save(tx, state.record().withOpen(Optional.empty()));
        }
        parts.audit()
                .append(
                        tx,
                        new AuditEntry("gateway", "epoch.fail", state.group().toString(), "failed", reason));
    }

    /**
     * Takes a commit. The present epoch committed again with the same content gives empty; anything but the open header is an
     * EPOCH_CONFLICT.
     */
    Optional<SignedCommit> commit(RowTx tx, GroupState state, Admitted message) {
        SignedCommit commit = EpochCodec.decodeSigned(message.envelope().body());
        EpochHeader header = commit.commit().header();
        if (!message.envelope().from().equals(new Party.Member(commit.commit().sponsor()))) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "a commit is sent by its sponsor");
        }
        if (header.epoch() <= state.epochNumber()) {
            CommitCheck.check(commit, state.link().roster());
            return late(tx, commit);
        }
        if (!state.record().open().equals(Optional.of(header))) {
            throw conflict("this epoch is not open");
        }
        CommitCheck.check(commit, state.link().roster());
        Optional<PendingSwitch> pending = SwitchRows.find(tx);
        if (pending.filter(p -> p.expired(parts.clock().now())).isPresent()) {
            throw conflict("the time of the scheme switch is over");
        }
        check(
                tx,
                state,
                header,
                pending.map(p -> p.next().schemeId())
                        .orElse(state.record().running().schemeId()));
        long n = parts.log().append(tx, message.signed(), parts.clock().now());
        accept(tx, state, commit, n);
        return Optional.of(commit);
    }

    private void check(RowTx tx, GroupState state, EpochHeader header, String scheme) {
        Policy named = parts.groups().policyOf(tx, state.link());
        EpochCheck.check(header, state.record().epoch(), state.committed(), state.link(), named, scheme);
    }

    private void accept(RowTx tx, GroupState state, SignedCommit commit, long n) {
        EpochHeader header = commit.commit().header();
        var next = new EpochView(header, GroupHashes.of(commit.commit()));
        tx.put(
                Table.EPOCH,
                Octets.ofLong(header.epoch()),
                Cbor.encode(
                        VERSION, EpochCodec.encode(commit), parts.clock().now().toEpochMilli()));
        Optional<Grace> grace = state.record()
                .epoch()
                .filter(e -> e.header().cohort() == header.cohort())
                .map(e -> new Grace(
                        e.header().epoch(), e.epochHash(), parts.clock().lived() + GRACE.toMillis()));
        departed(tx, state).forEach(leaf -> parts.members().leave(tx, leaf, n));
        parts.groups().save(tx, state.record().withEpoch(next, grace));
        SwitchRows.forgetUsed(tx);
        parts.audit()
                .append(
                        tx,
                        AuditEntry.ok(
                                commit.commit().sponsor().toString(),
                                "epoch.commit",
                                state.group().toString(),
                                "epoch " + header.epoch() + " " + next.epochHash()));
    }

    /** Leaves of the last epoch's roster and of the proposals since that are not in the roster of the next. */
    private Set<LeafId> departed(RowTx tx, GroupState state) {
        if (state.proposal().isEmpty()) {
            return Set.of();
        }
        var gone = new HashSet<LeafId>();
        for (Octets encoded :
                parts.groups().rosters(tx, state.record().committed().seq())) {
            RosterCodec.decodeSigned(encoded).roster().entries().forEach(e -> gone.add(e.leaf()));
        }
        state.link().roster().entries().forEach(e -> gone.remove(e.leaf()));
        return gone;
    }

    private Optional<SignedCommit> late(RowTx tx, SignedCommit commit) {
        EpochHeader header = commit.commit().header();
        boolean same = tx.get(Table.EPOCH, Octets.ofLong(header.epoch()))
                .map(v -> decode(v).epochHash())
                .filter(GroupHashes.of(commit.commit())::equals)
                .isPresent();
        if (!same) {
            throw conflict("epoch " + header.epoch() + " is committed otherwise");
        }
        return Optional.empty();
    }

    /** After {@code after}, ascending. */
    List<EpochRecord> epochs(RowTx tx, long after, int limit) {
        return tx.scan(Table.EPOCH, Octets.EMPTY, Octets.ofLong(after), limit).stream()
                .map(row -> decode(row.value()))
                .toList();
    }

    /** The signed commit, encoded, of a stored epoch. */
    static Octets commitOf(Octets value) {
        return decode(value).commit();
    }

    private static EpochRecord decode(Octets value) {
        var r = new CborReader(value);
        r.struct(VERSION, 3);
        Octets encoded = r.octets(EpochCodec.MAX_SIGNED);
        Instant at = Instant.ofEpochMilli(r.integer());
        r.end();
        SignedCommit signed = EpochCodec.decodeSigned(encoded);
        return new EpochRecord(
                signed.commit().header(),
                GroupHashes.of(signed.commit()),
                signed.commit().sponsor(),
                encoded,
                at);
    }

    private static ConflictException conflict(String why) {
        return new ConflictException(ErrorCode.EPOCH_CONFLICT, why);
    }
}
