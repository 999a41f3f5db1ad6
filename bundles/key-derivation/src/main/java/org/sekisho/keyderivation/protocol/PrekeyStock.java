// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.Party;
import org.sekisho.codec.Cbor;
import org.sekisho.crypto.HpkePrivateKey;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.X25519;
import org.sekisho.keyderivation.wire.MessageType;
import org.sekisho.keyderivation.wire.Prekey;
import org.sekisho.keyderivation.wire.Prekeys;
import org.sekisho.keyderivation.wire.Signed;
import org.sekisho.keyderivation.wire.Strict;

/** Member: keys that a Welcome may be sealed to, the private halves each in a part of its own (protocol note F3). */
final class PrekeyStock {

    static final String TIMER = "prekeys";
    static final String LACKING = "lacking";

    private static final String PREFIX = "pk/";
    private static final int ONE_TIME = 8;
    private static final int FEW = 4;
    private static final int VERSION = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration LIFE = Duration.ofDays(30);

    /** A weekly key is replaced a day before it ends, and kept a week longer: a Welcome to it may be on its way. */
    private static final Duration RENEWAL = Duration.ofDays(6);

    private PrekeyStock() {}

    /**
     * One key of the stock.
     *
     * @param scalar the caller closes it
     */
    record Kept(String part, Prekey prekey, SecretBytes scalar) {

        Hash hash() {
            return Sha256.hash(prekey.encode());
        }
    }

    /** Who has no key of the present epoch says so, unless a Welcome comes next in the log; the others when few are left. */
    static void afterCommit(Draft<MemberState> draft) {
        if (!StartCheck.holds(draft)) {
            draft.timer(LACKING, PATIENCE);
        } else if (isLow(draft)) {
            send(draft);
        }
    }

    static void stillLacking(Draft<MemberState> draft) {
        if (!StartCheck.holds(draft)) {
            send(draft);
        }
    }

    /** Fills up and tells the server all there are. */
    static void send(Draft<MemberState> draft) {
        fill(draft);
        List<Signed> signed = new ArrayList<>();
        for (Kept kept : all(draft)) {
            kept.scalar().close();
            if (kept.prekey().notAfter() > draft.seconds() && signed.size() < Prekeys.MOST) {
                Octets bytes = kept.prekey().encode();
                signed.add(new Signed(bytes, draft.ctx.sign(Prekey.LABEL, bytes)));
            }
        }
        long held = StartCheck.holds(draft) ? draft.state.held() : 0;
        draft.send(Party.SERVER, MessageType.PREKEYS, new Prekeys(held, signed).encode());
        draft.timer(TIMER, RENEWAL);
    }

    private static boolean isLow(Draft<MemberState> draft) {
        List<Kept> kept = all(draft);
        kept.forEach(k -> k.scalar().close());
        return count(kept, Prekey.Kind.ONE_TIME, draft.seconds()) < FEW
                || count(kept, Prekey.Kind.WEEKLY, draft.seconds()) == 0;
    }

    private static void fill(Draft<MemberState> draft) {
        long now = draft.seconds();
        List<Kept> kept = all(draft);
        for (Kept old : kept) {
            old.scalar().close();
            if (old.prekey().notAfter() + WEEK.toSeconds() < now) {
                draft.delete(old.part());
            }
        }
        for (long n = count(kept, Prekey.Kind.ONE_TIME, now); n < ONE_TIME; n++) {
            add(draft, Prekey.Kind.ONE_TIME, now + LIFE.toSeconds());
        }
        // the newest weekly key has more than a day left
        if (count(kept, Prekey.Kind.WEEKLY, now + Duration.ofDays(1).toSeconds()) == 0) {
            add(draft, Prekey.Kind.WEEKLY, now + WEEK.toSeconds());
        }
    }

    private static long count(List<Kept> kept, Prekey.Kind kind, long at) {
        return kept.stream()
                .map(Kept::prekey)
                .filter(p -> p.kind() == kind && p.notAfter() > at)
                .count();
    }

    private static void add(Draft<MemberState> draft, Prekey.Kind kind, long notAfter) {
        Octets id = Octets.of(draft.random().next(Prekey.ID_SIZE));
        try (SecretBytes scalar = X25519.generate(draft.random())) {
            draft.put(PREFIX + id.hex(), scalar.use(s -> Cbor.encode(VERSION, kind.ordinal(), s, notAfter)));
        }
    }

    static Optional<Kept> find(Draft<MemberState> draft, Hash prekeyHash) {
        Optional<Kept> found = Optional.empty();
        for (Kept kept : all(draft)) {
            if (found.isEmpty() && kept.hash().equals(prekeyHash)) {
                found = Optional.of(kept);
            } else {
                kept.scalar().close();
            }
        }
        return found;
    }

    /** After a Welcome: a one-time key is erased. */
    static void used(Draft<MemberState> draft, Kept kept) {
        if (kept.prekey().kind() == Prekey.Kind.ONE_TIME) {
            draft.delete(kept.part());
        }
    }

    static void erase(Draft<MemberState> draft) {
        draft.deleteAll(PREFIX);
        draft.cancel(TIMER);
        draft.cancel(LACKING);
    }

    private static List<Kept> all(Draft<MemberState> draft) {
        List<Kept> kept = new ArrayList<>();
        for (String key : draft.keys(PREFIX)) {
            kept.add(read(draft, key));
        }
        return kept;
    }

    private static Kept read(Draft<MemberState> draft, String key) {
        Octets id = Octets.ofHex(key.substring(PREFIX.length()));
        return Strict.decode("prekey part", draft.part(key).orElseThrow(), 96, r -> {
            r.struct(VERSION, 4);
            Prekey.Kind kind = Prekey.Kind.values()[(int) r.uint(1)];
            SecretBytes scalar = SecretBytes.take(r.bytes(HpkePrivateKey.SIZE));
            long notAfter = r.uint(Long.MAX_VALUE);
            var prekey = new Prekey(draft.ctx.group(), draft.self(), id, kind, X25519.publicKey(scalar), notAfter);
            return new Kept(key, prekey, scalar);
        });
    }
}
