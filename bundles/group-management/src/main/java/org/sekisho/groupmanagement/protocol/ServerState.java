// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.util.Optional;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.groupmanagement.wire.Distribution;

/**
 * Head of the Group Management Server's instance: {@code [2, 1, phase, line, rn2Gen, epoch, open|null, awaited|null, asked,
 * preferred|null, nextRenewal]}. RN2 is not in it: the server forgets RN2 as soon as it is sealed.
 *
 * @param rn2Gen generation given out last
 * @param epoch the current epoch, 0 before the first
 * @param open what was given out for the next epoch
 * @param awaited the leaf asked to commit or, without RN1, to rotate
 * @param asked how many were asked
 * @param preferred who is asked first next time: who was heard of last
 * @param nextRenewal second of the epoch 1970 in which RN2 is renewed; 0 when it is not known
 */
record ServerState(
        Phase phase,
        Rn1Line line,
        long rn2Gen,
        long epoch,
        Optional<Distribution> open,
        Optional<LeafId> awaited,
        long asked,
        Optional<LeafId> preferred,
        long nextRenewal)
        implements SideState {

    enum Phase {
        /** Nothing to do until something changes or RN2 is due. */
        IDLE,
        /** Somebody left; somebody who stayed must make a new RN1 first. */
        AWAIT_ROTATION,
        /** RN2 was given out; somebody must commit. */
        AWAIT_COMMIT
    }

    ServerState with(Phase next) {
        return new ServerState(next, line, rn2Gen, epoch, open, awaited, asked, preferred, nextRenewal);
    }

    ServerState with(Rn1Line next) {
        return new ServerState(phase, next, rn2Gen, epoch, open, awaited, asked, preferred, nextRenewal);
    }

    ServerState opened(Distribution next) {
        return new ServerState(
                Phase.AWAIT_COMMIT,
                line,
                next.rn2Gen(),
                epoch,
                Optional.of(next),
                Optional.of(next.sponsor()),
                1,
                preferred,
                nextRenewal);
    }

    ServerState asking(LeafId leaf) {
        return new ServerState(phase, line, rn2Gen, epoch, open, Optional.of(leaf), asked + 1, preferred, nextRenewal);
    }

    ServerState preferring(LeafId leaf) {
        return new ServerState(phase, line, rn2Gen, epoch, open, awaited, asked, Optional.of(leaf), nextRenewal);
    }

    ServerState committed(Phase next, Rn1Line after, long number, LeafId sponsor, long renewal) {
        return new ServerState(
                next, after, rn2Gen, number, Optional.empty(), Optional.empty(), 0, Optional.of(sponsor), renewal);
    }

    @Override
    public Octets encode() {
        return Cbor.encode(
                VERSION,
                SERVER,
                phase.ordinal(),
                line.elements(),
                rn2Gen,
                epoch,
                open.map(Distribution::encode),
                awaited,
                asked,
                preferred,
                nextRenewal);
    }

    static ServerState read(CborReader r) {
        return new ServerState(
                Phase.values()[(int) r.uint(Phase.values().length - 1)],
                Rn1Line.read(r),
                r.uint(Long.MAX_VALUE),
                r.uint(Long.MAX_VALUE),
                r.optional(o -> Distribution.decode(o.octets(Distribution.MAX_SIZE))),
                r.optional(CborReader::leafId),
                r.uint(Long.MAX_VALUE),
                r.optional(CborReader::leafId),
                r.uint(Long.MAX_VALUE));
    }
}
