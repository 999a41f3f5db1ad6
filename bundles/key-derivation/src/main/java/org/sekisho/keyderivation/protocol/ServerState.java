// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.util.Optional;
import java.util.function.Consumer;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.keyderivation.protocol.Rosters.Change;
import org.sekisho.keyderivation.wire.KeyEquations;
import org.sekisho.keyderivation.wire.Op;

/**
 * Head of the server's instance. K1 of the present epoch is in a part, for Welcomes; nothing here or there opens a mask.
 *
 * @param target the epoch that attempts are for
 * @param attempt the newest attempt's number
 * @param tries attempts since something new was asked for
 * @param ringHash the committed ring
 * @param ringSize its size; who is in it is in pages
 * @param sinceDist epochs since everything was fresh
 * @param change what the rosters since the last epoch did
 * @param wish what is asked for beyond that
 * @param avoid a representative that was complained about
 * @param preferred who committed last
 * @param complaints about attempts for this target
 * @param asked how many were asked to commit, or to sponsor
 * @param open the header that waits for its commit
 * @param refreshAt second in which everything is to be fresh again
 * @param backoff how often nobody was there, in a row
 */
record ServerState(
        Phase phase,
        long target,
        long attempt,
        int tries,
        Hash ringHash,
        int ringSize,
        int sinceDist,
        Change change,
        Optional<Op> wish,
        Optional<LeafId> avoid,
        Optional<LeafId> preferred,
        int complaints,
        int asked,
        Optional<EpochHeader> open,
        long refreshAt,
        int backoff,
        Optional<ServerRun> run)
        implements SideState {

    static final int FIELDS = 20;

    enum Phase {
        /** Nothing to do until something changes or is due. */
        IDLE,
        /** Collects D1. */
        ROUND_1,
        /** Collects D3. */
        ROUND_2,
        /** Has given out keys; collects D5. */
        CONFIRM,
        /** The epoch is open; somebody must commit. */
        AWAIT_COMMIT,
        /** Nobody is there. */
        PENDING
    }

    private static final Phase[] PHASES = Phase.values();
    private static final Op[] OPS = Op.values();
    private static final int MOST = 1 << 30;

    static ServerState fresh() {
        return new ServerState(
                Phase.IDLE,
                0,
                0,
                0,
                KeyEquations.noRing(),
                0,
                0,
                Change.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                Optional.empty(),
                0,
                0,
                Optional.empty());
    }

    ServerState with(Phase next) {
        return edit(e -> e.phase = next);
    }

    ServerState with(Change next) {
        return edit(e -> e.change = next);
    }

    ServerState wishing(Optional<Op> next) {
        return edit(e -> e.wish = next);
    }

    /** {@code n} attempts since something new was asked for; 0 begins anew. */
    ServerState tried(int n) {
        return edit(e -> e.tries = n);
    }

    ServerState trying(long epoch, long number, Phase next, ServerRun newRun) {
        return new ServerState(
                next,
                epoch,
                number,
                tries,
                ringHash,
                ringSize,
                sinceDist,
                change,
                wish,
                avoid,
                preferred,
                epoch == target ? complaints : 0,
                0,
                Optional.empty(),
                refreshAt,
                backoff,
                Optional.of(newRun));
    }

    ServerState in(Phase next, ServerRun newRun) {
        return edit(e -> {
            e.phase = next;
            e.run = Optional.of(newRun);
        });
    }

    ServerState opening(EpochHeader header) {
        return edit(e -> e.open = Optional.of(header));
    }

    ServerState asking(int n) {
        return edit(e -> e.asked = n);
    }

    ServerState backedOff(int n) {
        return edit(e -> e.backoff = n);
    }

    ServerState complained(LeafId about) {
        return edit(e -> {
            e.avoid = Optional.of(about);
            e.complaints = complaints + 1;
        });
    }

    ServerState ended() {
        return edit(e -> {
            e.phase = Phase.IDLE;
            e.asked = 0;
            e.open = Optional.empty();
            e.run = Optional.empty();
        });
    }

    ServerState committed(Hash ring, int size, int epochs, Change left, LeafId sponsor, long refresh) {
        return new ServerState(
                Phase.IDLE,
                target,
                attempt,
                0,
                ring,
                size,
                epochs,
                left,
                wish,
                Optional.empty(),
                Optional.of(sponsor),
                0,
                0,
                Optional.empty(),
                refresh,
                0,
                Optional.empty());
    }

    @Override
    public Octets encode() {
        return Cbor.encode(
                VERSION,
                SERVER,
                phase.ordinal(),
                target,
                attempt,
                tries,
                ringHash,
                ringSize,
                sinceDist,
                change.removes(),
                change.adds(),
                wish.map(o -> (long) o.ordinal()),
                avoid,
                preferred,
                complaints,
                asked,
                open.map(EpochCodec::encode),
                refreshAt,
                backoff,
                run.map(ServerRun::encode));
    }

    static ServerState read(CborReader r) {
        return new ServerState(
                PHASES[(int) r.uint(PHASES.length - 1)],
                r.uint(Long.MAX_VALUE),
                r.uint(Long.MAX_VALUE),
                (int) r.uint(MOST),
                r.hash(),
                (int) r.uint(MOST),
                (int) r.uint(MOST),
                new Change(r.bool(), r.bool()),
                r.optional(o -> OPS[(int) o.uint(OPS.length - 1)]),
                r.optional(CborReader::leafId),
                r.optional(CborReader::leafId),
                (int) r.uint(MOST),
                (int) r.uint(MOST),
                r.optional(o -> EpochCodec.decodeHeader(o.octets(EpochCodec.MAX_SIZE))),
                r.uint(Long.MAX_VALUE),
                (int) r.uint(MOST),
                r.optional(o -> ServerRun.decode(o.octets(ServerRun.MAX_SIZE))));
    }

    private ServerState edit(Consumer<Edit> change) {
        var edit = new Edit(this);
        change.accept(edit);
        return edit.done();
    }

    /** The state with its parts open, for the length of one change: only what changes has to be named. */
    private static final class Edit {
        private Phase phase;
        private long target;
        private long attempt;
        private int tries;
        private Hash ringHash;
        private int ringSize;
        private int sinceDist;
        private Change change;
        private Optional<Op> wish;
        private Optional<LeafId> avoid;
        private Optional<LeafId> preferred;
        private int complaints;
        private int asked;
        private Optional<EpochHeader> open;
        private long refreshAt;
        private int backoff;
        private Optional<ServerRun> run;

        Edit(ServerState from) {
            phase = from.phase;
            target = from.target;
            attempt = from.attempt;
            tries = from.tries;
            ringHash = from.ringHash;
            ringSize = from.ringSize;
            sinceDist = from.sinceDist;
            change = from.change;
            wish = from.wish;
            avoid = from.avoid;
            preferred = from.preferred;
            complaints = from.complaints;
            asked = from.asked;
            open = from.open;
            refreshAt = from.refreshAt;
            backoff = from.backoff;
            run = from.run;
        }

        ServerState done() {
            return new ServerState(
                    phase,
                    target,
                    attempt,
                    tries,
                    ringHash,
                    ringSize,
                    sinceDist,
                    change,
                    wish,
                    avoid,
                    preferred,
                    complaints,
                    asked,
                    open,
                    refreshAt,
                    backoff,
                    run);
        }
    }
}
