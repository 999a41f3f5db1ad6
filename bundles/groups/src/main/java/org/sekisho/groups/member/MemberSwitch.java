// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.SignedReinit;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.group.ReinitCodec;
import org.sekisho.groups.chain.SwitchCheck;

/**
 * The scheme switch that a member follows, as a row of the transaction's group.
 *
 * @param instance of the new scheme
 * @param prefix of the new scheme's envelopes
 * @param givenUp whether the gateway said that it gave the switch up; believed once its time is over
 * @param resumed whether the old scheme was told that it may go on, since the time is over
 * @param ready hashes of headers whose secrets the new scheme has given
 */
record MemberSwitch(
        SignedReinit reinit, long instance, String prefix, boolean givenUp, boolean resumed, List<Hash> ready) {

    private static final Octets PENDING = Octets.utf8("switch");
    private static final Octets LACKING = Octets.utf8("switch-lacking");
    private static final Octets DONE = Octets.utf8("reinit/");
    private static final Octets USED = Octets.utf8("reinit-used/");
    private static final int VERSION = 1;
    private static final int MAX_READY = 256;

    MemberSwitch {
        ready = List.copyOf(ready);
    }

    Hash hash() {
        return SwitchCheck.hash(reinit);
    }

    boolean over(Instant now) {
        return now.isAfter(reinit.reinit().notAfter());
    }

    /** Whether {@code header} is of the epoch that two schemes may now want. */
    boolean concerns(EpochHeader header) {
        return header.epoch() == reinit.reinit().fromEpoch() + 1;
    }

    boolean isNew(EpochHeader header) {
        return header.schemeId().equals(reinit.reinit().newScheme());
    }

    MemberSwitch withGivenUp() {
        return new MemberSwitch(reinit, instance, prefix, true, resumed, ready);
    }

    MemberSwitch withResumed() {
        return new MemberSwitch(reinit, instance, prefix, givenUp, true, ready);
    }

    MemberSwitch withReady(Hash header) {
        if (ready.contains(header) || ready.size() >= MAX_READY) {
            return this;
        }
        List<Hash> more = new ArrayList<>(ready);
        more.add(header);
        return new MemberSwitch(reinit, instance, prefix, givenUp, resumed, more);
    }

    static Optional<MemberSwitch> find(RowTx tx) {
        return tx.get(Table.GROUP, PENDING).map(MemberSwitch::decode);
    }

    static boolean isPending(RowTx tx) {
        return tx.get(Table.GROUP, PENDING).isPresent();
    }

    void save(RowTx tx) {
        tx.put(
                Table.GROUP,
                PENDING,
                Cbor.encode(VERSION, ReinitCodec.encode(reinit), instance, prefix, givenUp, resumed, ready));
    }

    static void clear(RowTx tx) {
        tx.delete(Table.GROUP, PENDING);
    }

    /** Keeps that the log waits for this order's scheme; false when that is known. */
    static boolean lack(RowTx tx, SignedReinit order) {
        Octets kept =
                Cbor.encode(VERSION, SwitchCheck.hash(order), order.reinit().newScheme());
        boolean known = tx.get(Table.GROUP, LACKING).filter(kept::equals).isPresent();
        tx.put(Table.GROUP, LACKING, kept);
        return !known;
    }

    /** The log goes on. */
    static void found(RowTx tx) {
        tx.delete(Table.GROUP, LACKING);
    }

    /** The scheme that the log waits for. */
    static Optional<String> lacking(RowTx tx) {
        return tx.get(Table.GROUP, LACKING).map(kept -> {
            CborReader in = new CborReader(kept);
            in.struct(VERSION, 3);
            in.hash();
            String scheme = in.text(64);
            in.end();
            return scheme;
        });
    }

    private static MemberSwitch decode(Octets value) {
        CborReader in = new CborReader(value);
        in.struct(VERSION, 7);
        MemberSwitch pending = new MemberSwitch(
                ReinitCodec.decodeSigned(in.octets(ReinitCodec.MAX_SIGNED)),
                in.uint(Long.MAX_VALUE),
                in.text(64),
                in.bool(),
                in.bool(),
                in.list(MAX_READY, CborReader::hash));
        in.end();
        return pending;
    }

    /** Keeps a switch that was carried out: who derives its first epoch late needs it. */
    static void done(RowTx tx, SignedReinit reinit) {
        Octets key = Octets.concat(DONE, Octets.ofLong(reinit.reinit().fromEpoch()));
        tx.put(Table.GROUP, key, ReinitCodec.encode(reinit));
    }

    /** The switch, pending or carried out, that {@code header} would be the first epoch of. */
    static Optional<SignedReinit> of(RowTx tx, EpochHeader header) {
        Octets key = Octets.concat(DONE, Octets.ofLong(header.epoch() - 1));
        return find(tx).map(MemberSwitch::reinit)
                .or(() -> tx.get(Table.GROUP, key).map(ReinitCodec::decodeSigned))
                .filter(r -> r.reinit().fromEpoch() == header.epoch() - 1
                        && r.reinit().newScheme().equals(header.schemeId()));
    }

    /** Takes the orders of epochs before {@code epoch} as used up, and this one; false when it was already. */
    static boolean use(RowTx tx, SignedReinit reinit) {
        Octets key = Octets.concat(USED, SwitchCheck.hash(reinit).value());
        if (tx.get(Table.GROUP, key).isPresent()) {
            return false;
        }
        tx.scan(Table.GROUP, USED, Octets.EMPTY, 500).stream()
                .filter(row -> row.value().toLong() < reinit.reinit().fromEpoch())
                .forEach(row -> tx.delete(Table.GROUP, row.key()));
        tx.put(Table.GROUP, key, Octets.ofLong(reinit.reinit().fromEpoch()));
        return true;
    }
}
