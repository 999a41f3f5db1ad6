// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.crypto.Hpke;
import org.sekisho.crypto.HpkePublicKey;
import org.sekisho.crypto.Sha256;
import org.sekisho.keyderivation.protocol.ServerState.Phase;
import org.sekisho.keyderivation.wire.Absent;
import org.sekisho.keyderivation.wire.KeyEquations;
import org.sekisho.keyderivation.wire.MessageType;
import org.sekisho.keyderivation.wire.Op;
import org.sekisho.keyderivation.wire.Prekey;
import org.sekisho.keyderivation.wire.Prekeys;
import org.sekisho.keyderivation.wire.Signed;
import org.sekisho.keyderivation.wire.Sponsored;
import org.sekisho.keyderivation.wire.Welcome;
import org.sekisho.keyderivation.wire.Welcomes;

/** Server: leaves without the present epoch's key, their prekeys, and who is asked to bring them in. */
final class WelcomeDesk {

    static final String TIMER = "welcome";

    private static final String ABSENT = "absent/";
    private static final String STOCK = "pre/";
    private static final String ASKED = "desk";
    private static final int MOST_ASKED = 5;
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Octets MARK = Octets.ofLong(1);

    private WelcomeDesk() {}

    static Set<LeafId> absent(Draft<ServerState> draft) {
        Set<LeafId> absent = new HashSet<>();
        draft.allKeys(ABSENT).forEach(key -> absent.add(leaf(key)));
        return absent;
    }

    private static LeafId leaf(String key) {
        return LeafId.parse(key.substring(ABSENT.length()));
    }

    /** New leaves have no key yet; who goes gets none. */
    static void adopted(Draft<ServerState> draft, Roster committed, Roster next) {
        committed.addedBy(next).forEach(leaf -> draft.put(ABSENT + leaf, MARK));
        for (String key : draft.allKeys(ABSENT)) {
            if (!next.contains(leaf(key))) {
                draft.delete(key);
                draft.delete(STOCK + leaf(key));
            }
        }
        committed.removedBy(next).stream().filter(l -> !next.contains(l)).forEach(l -> draft.delete(STOCK + l));
    }

    /** Who took part has the key, and in JOIN and UPDATE who had the one before. */
    static void committed(Draft<ServerState> draft, Op op, Set<LeafId> active) {
        if (op == Op.DIST || op == Op.LEAVE) {
            for (RosterEntry entry : draft.ctx.roster().roster().entries()) {
                draft.put(ABSENT + entry.leaf(), MARK);
            }
        }
        if (op != Op.UPDATE) {
            active.forEach(leaf -> draft.delete(ABSENT + leaf));
        }
        draft.delete(ASKED);
        draft.cancel(TIMER);
    }

    /** Asks {@code sponsor} for the members' part of Welcomes, for as many as have left prekeys. */
    static void ask(Draft<ServerState> draft, LeafId sponsor) {
        if (draft.ctx.epoch().isEmpty()) {
            return;
        }
        List<Signed> wanted = new ArrayList<>();
        for (String key : draft.allKeys(ABSENT)) {
            if (wanted.size() < Absent.MOST) {
                usable(draft, leaf(key)).ifPresent(wanted::add);
            }
        }
        ask(draft, sponsor, wanted);
    }

    private static void ask(Draft<ServerState> draft, LeafId sponsor, List<Signed> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        Hash headerHash = draft.ctx.hash(draft.ctx.epoch().get().header());
        draft.send(new Party.Member(sponsor), MessageType.ABSENT, new Absent(headerHash, wanted).encode());
        draft.timer(TIMER, PAUSE);
    }

    /** One-time keys first. */
    private static Optional<Signed> usable(Draft<ServerState> draft, LeafId leaf) {
        List<Signed> stock = stock(draft, leaf);
        Optional<Signed> weekly = Optional.empty();
        for (Signed signed : stock) {
            Prekey prekey = Prekey.decode(signed.bytes());
            if (prekey.notAfter() <= draft.seconds()) {
                continue;
            }
            if (prekey.kind() == Prekey.Kind.ONE_TIME) {
                return Optional.of(signed);
            }
            weekly = Optional.of(signed);
        }
        return weekly;
    }

    private static List<Signed> stock(Draft<ServerState> draft, LeafId leaf) {
        return draft.part(STOCK + leaf).map(p -> Prekeys.decode(p).keys()).orElse(List.of());
    }

    /** Prekeys, and the word that a leaf is there. They are checked by who seals to them. */
    static void prekeys(Draft<ServerState> draft, LeafId from, Octets body) {
        Prekeys prekeys = Prekeys.decode(body);
        Roster target = Rosters.target(draft.ctx).roster();
        Draft.require(target.contains(from), ErrorCode.NOT_A_MEMBER, "not in the roster");
        for (Signed signed : prekeys.keys()) {
            boolean own = Prekey.decode(signed.bytes()).leaf().equals(from);
            Draft.require(own, ErrorCode.WRONG_AUDIENCE, "a prekey of another leaf");
        }
        draft.put(STOCK + from, body);
        boolean member = draft.ctx.roster().roster().contains(from);
        // who merely lags behind reads on in the log
        if (member && draft.epoch() > 0 && prekeys.held() == 0) {
            draft.put(ABSENT + from, MARK);
            draft.delete(ASKED);
            List<Signed> own = usable(draft, from).map(List::of).orElse(List.of());
            sponsor(draft, 0, Optional.of(from)).ifPresent(leaf -> ask(draft, leaf, own));
        }
    }

    /** The one who committed last, then others that hold the key. */
    private static Optional<LeafId> sponsor(Draft<ServerState> draft, int turn, Optional<LeafId> not) {
        Set<LeafId> absent = absent(draft);
        Set<LeafId> away = Away.all(draft);
        List<LeafId> keyed = new ArrayList<>();
        draft.state.preferred().filter(l -> !absent.contains(l)).ifPresent(keyed::add);
        draft.ctx.roster().roster().entries().stream()
                .map(RosterEntry::leaf)
                .filter(l -> !absent.contains(l) && !away.contains(l) && !keyed.contains(l))
                .forEach(keyed::add);
        not.ifPresent(keyed::remove);
        return keyed.isEmpty() ? Optional.empty() : Optional.of(keyed.get(turn % keyed.size()));
    }

    /** The sponsor did not answer: another is asked, and in the end everything is made anew by who is there. */
    static void again(Draft<ServerState> draft, Timings timings) {
        int asked = draft.part(ASKED).map(a -> (int) a.toLong()).orElse(0) + 1;
        draft.put(ASKED, Octets.ofLong(asked));
        boolean waiting = draft.allKeys(ABSENT).stream()
                .anyMatch(key -> usable(draft, leaf(key)).isPresent());
        if (!waiting) {
            return;
        }
        Optional<LeafId> next = sponsor(draft, asked, Optional.empty());
        if (next.isPresent() && asked < MOST_ASKED) {
            ask(draft, next.get());
        } else if (draft.state.phase() == Phase.IDLE) {
            draft.state = draft.state.wishing(Optional.of(Op.DIST));
            Attempts.begin(draft, timings);
        }
    }

    /** From a sponsor: checked, completed with the server's part, and passed on. */
    static void welcomes(Draft<ServerState> draft, LeafId from, Octets body) {
        Welcomes welcomes = Welcomes.decode(body);
        EpochHeader header = draft.ctx
                .epoch()
                .map(e -> e.header())
                .filter(h -> draft.ctx.hash(h).equals(welcomes.headerHash()))
                .orElse(null);
        if (header == null) {
            // of an epoch that is over
            return;
        }
        Octets key = Rosters.idKey(draft.ctx.roster().roster(), from);
        for (Sponsored entry : welcomes.entries()) {
            pass(draft, from, key, header, welcomes, entry);
        }
        draft.cancel(TIMER);
        ask(draft, from);
    }

    private static void pass(
            Draft<ServerState> draft, LeafId from, Octets key, EpochHeader header, Welcomes all, Sponsored entry) {
        List<Signed> stock = stock(draft, entry.leaf());
        Optional<Signed> used = stock.stream()
                .filter(s -> Sha256.hash(s.bytes()).equals(entry.prekeyHash()))
                .findFirst();
        if (draft.part(ABSENT + entry.leaf()).isEmpty() || used.isEmpty()) {
            return;
        }
        Octets statement =
                Sponsored.signed(all.headerHash(), entry.leaf(), entry.prekeyHash(), entry.sealed(), all.ringHash());
        new Signed(statement, entry.signature()).require(Sponsored.LABEL, key);
        Prekey prekey = Prekey.decode(used.get().bytes());
        Octets context = KeyEquations.welcomeContext(all.headerHash(), entry.leaf(), entry.prekeyHash());
        Optional<Octets> part = Optional.empty();
        Optional<SecretBytes> k1 = Secrets.get(draft, Attempts.K1);
        if (k1.isPresent()) {
            try (SecretBytes secret = k1.get()) {
                part = Optional.of(Hpke.seal(
                        new HpkePublicKey(prekey.key()),
                        KeyEquations.SEAL_WELCOME_SERVER,
                        context,
                        secret,
                        draft.random()));
            } catch (IllegalArgumentException smallOrder) {
                draft.evidence("dmkd prekey", used.get().bytes());
                return;
            }
        }
        var welcome =
                new Welcome(header, all.ringHash(), from, entry.prekeyHash(), entry.sealed(), entry.signature(), part);
        draft.send(new Party.Member(entry.leaf()), MessageType.WELCOME, welcome.encode());
        draft.delete(ABSENT + entry.leaf());
        if (prekey.kind() == Prekey.Kind.ONE_TIME) {
            List<Signed> rest = new ArrayList<>(stock);
            rest.remove(used.get());
            draft.put(STOCK + entry.leaf(), new Prekeys(0, rest).encode());
        }
    }
}
