// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.time.Instant;
import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.SignedReinit;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.codec.group.ReinitCodec;
import org.sekisho.groups.chain.SwitchCheck;
import org.sekisho.groups.gateway.GroupRecord.Running;

/**
 * The scheme switch that is under way in a group: one row beside the group's own.
 *
 * @param instance of the new scheme; {@link #NONE} once the switch is given up
 * @param prefix of the new scheme's envelopes
 * @param next what the group runs when the switch succeeds
 * @param held the old scheme's open header: it opens again if the switch comes to nothing
 * @param failure why the switch must be given up; empty while it goes on
 */
record PendingSwitch(
        SignedReinit reinit, long instance, String prefix, Running next, Optional<EpochHeader> held, String failure) {

    static final long NONE = 0;

    private static final int VERSION = 1;
    private static final int MAX_TEXT = 4096;

    Hash hash() {
        return SwitchCheck.hash(reinit);
    }

    boolean preparing() {
        return instance != NONE;
    }

    boolean expired(Instant now) {
        return now.isAfter(reinit.reinit().notAfter());
    }

    PendingSwitch holding(Optional<EpochHeader> header) {
        return new PendingSwitch(reinit, instance, prefix, next, header, failure);
    }

    PendingSwitch failing(String why) {
        return new PendingSwitch(reinit, instance, prefix, next, held, why);
    }

    PendingSwitch givenUp() {
        return new PendingSwitch(reinit, NONE, prefix, next, held, failure);
    }

    Octets encode() {
        return Cbor.encode(
                VERSION,
                ReinitCodec.encode(reinit),
                instance,
                prefix,
                next.elements(),
                held.map(EpochCodec::encode),
                Cbor.nfc(failure));
    }

    static PendingSwitch decode(Octets value) {
        var r = new CborReader(value);
        r.struct(VERSION, 7);
        var pending = new PendingSwitch(
                ReinitCodec.decodeSigned(r.octets(ReinitCodec.MAX_SIGNED)),
                r.uint(Long.MAX_VALUE),
                r.text(64),
                Running.read(r),
                r.optional(h -> EpochCodec.decodeHeader(h.octets(EpochCodec.MAX_SIZE))),
                r.text(MAX_TEXT));
        r.end();
        return pending;
    }
}
