// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Roster;
import org.sekisho.api.scheme.Effect;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.ConstantTime;
import org.sekisho.crypto.Hpke;
import org.sekisho.crypto.HpkePrivateKey;
import org.sekisho.crypto.HpkePublicKey;
import org.sekisho.crypto.Sha256;
import org.sekisho.keyderivation.wire.Absent;
import org.sekisho.keyderivation.wire.KeyEquations;
import org.sekisho.keyderivation.wire.MessageType;
import org.sekisho.keyderivation.wire.Prekey;
import org.sekisho.keyderivation.wire.Signed;
import org.sekisho.keyderivation.wire.Sponsored;
import org.sekisho.keyderivation.wire.Welcome;
import org.sekisho.keyderivation.wire.Welcomes;

/** Member: bringing in who had no part in the present epoch, and being brought in (protocol notes 3.5, F3). */
final class WelcomeHandler {

    private WelcomeHandler() {}

    /** The sponsor's side. A prekey that its leaf did not sign gets nothing, nor does who is about to be removed. */
    static void sponsor(Draft<MemberState> draft, Octets body) {
        Absent absent = Absent.decode(body);
        if (!StartCheck.holds(draft) || !current(draft).equals(absent.headerHash())) {
            return;
        }
        List<Sponsored> entries = new ArrayList<>();
        try (SecretBytes k2 = Secrets.require(draft, Pending.K2)) {
            for (Signed signed : absent.prekeys()) {
                try {
                    entries.add(welcome(draft, absent.headerHash(), signed, k2));
                } catch (SekishoException | IllegalArgumentException wrong) {
                    draft.evidence("dmkd prekey", signed.bytes());
                }
            }
        }
        if (!entries.isEmpty()) {
            draft.send(
                    Party.SERVER,
                    MessageType.WELCOMES,
                    new Welcomes(absent.headerHash(), draft.state.ringHash(), entries).encode());
        }
    }

    private static Sponsored welcome(Draft<MemberState> draft, Hash headerHash, Signed signed, SecretBytes k2) {
        Prekey prekey = Prekey.decode(signed.bytes());
        Roster roster = draft.ctx.roster().roster();
        signed.require(Prekey.LABEL, Rosters.idKey(roster, prekey.leaf()));
        boolean good = prekey.group().equals(draft.ctx.group())
                && prekey.notAfter() > draft.seconds()
                && Rosters.target(draft.ctx).roster().contains(prekey.leaf());
        Draft.require(good, ErrorCode.POLICY_VIOLATION, "a prekey of another group, time or leaf");
        Hash hash = Sha256.hash(signed.bytes());
        Octets sealed = Hpke.seal(
                new HpkePublicKey(prekey.key()),
                KeyEquations.SEAL_WELCOME_USER,
                KeyEquations.welcomeContext(headerHash, prekey.leaf(), hash),
                k2,
                draft.random());
        Octets statement = Sponsored.signed(headerHash, prekey.leaf(), hash, sealed, draft.state.ringHash());
        return new Sponsored(prekey.leaf(), hash, sealed, draft.ctx.sign(Sponsored.LABEL, statement));
    }

    private static Hash current(Draft<MemberState> draft) {
        return draft.ctx.hash(draft.ctx.epoch().orElseThrow().header());
    }

    /** The side of who was away. What does not lead to the committed epoch's tag is thrown away. */
    static void handle(Draft<MemberState> draft, Octets body) {
        Welcome welcome = Welcome.decode(body);
        EpochHeader header = welcome.header();
        boolean wanted =
                draft.ctx.epoch().filter(e -> e.header().equals(header)).isPresent()
                        && draft.state.held() < header.epoch()
                        && draft.state.tag().isPresent();
        if (!wanted) {
            // it was answered twice, or is over
            return;
        }
        Hash headerHash = draft.ctx.hash(header);
        requireSponsor(draft, welcome, headerHash);
        PrekeyStock.Kept kept = PrekeyStock.find(draft, welcome.prekeyHash())
                .orElseThrow(() -> SekishoException.of(ErrorCode.CANNOT_OPEN, "a Welcome to no prekey of ours"));
        try (SecretBytes scalar = kept.scalar();
                SecretBytes members =
                        open(scalar, KeyEquations.SEAL_WELCOME_USER, draft, headerHash, welcome, welcome.sealed())) {
            SecretBytes secret = secret(draft, headerHash, welcome, scalar, members);
            Octets tag = draft.ctx.confirmTag(header, secret);
            if (!ConstantTime.equal(tag, draft.state.tag().orElseThrow())) {
                secret.close();
                draft.evidence("dmkd welcome", body);
                PrekeyStock.used(draft, kept);
                PrekeyStock.send(draft);
                return;
            }
            install(draft, welcome, headerHash, secret, members);
            PrekeyStock.used(draft, kept);
            draft.effect(new Effect.EpochReady(header, secret));
        }
    }

    private static void install(
            Draft<MemberState> draft, Welcome welcome, Hash headerHash, SecretBytes secret, SecretBytes members) {
        Pending.erase(draft);
        try (SecretBytes rs = KeyEquations.state(secret, headerHash)) {
            Secrets.put(draft, Pending.RS, rs);
            Secrets.put(draft, Pending.K2, members);
        }
        draft.state = draft.state.holding(
                welcome.header().epoch(),
                draft.seconds(),
                welcome.serverPart().isEmpty(),
                welcome.ringHash(),
                Optional.empty(),
                Optional.empty());
    }

    private static void requireSponsor(Draft<MemberState> draft, Welcome welcome, Hash headerHash) {
        Octets statement =
                Sponsored.signed(headerHash, draft.self(), welcome.prekeyHash(), welcome.sealed(), welcome.ringHash());
        Octets key = Rosters.idKey(draft.ctx.roster().roster(), welcome.sponsor());
        new Signed(statement, welcome.signature()).require(Sponsored.LABEL, key);
    }

    private static SecretBytes secret(
            Draft<MemberState> draft, Hash headerHash, Welcome welcome, SecretBytes scalar, SecretBytes members) {
        if (welcome.serverPart().isEmpty()) {
            return members.duplicate();
        }
        try (SecretBytes k1 = open(
                scalar,
                KeyEquations.SEAL_WELCOME_SERVER,
                draft,
                headerHash,
                welcome,
                welcome.serverPart().get())) {
            return KeyEquations.schemeSecret(k1, members);
        }
    }

    private static SecretBytes open(
            SecretBytes scalar,
            String label,
            Draft<MemberState> draft,
            Hash headerHash,
            Welcome welcome,
            Octets sealed) {
        Octets context = KeyEquations.welcomeContext(headerHash, draft.self(), welcome.prekeyHash());
        try (HpkePrivateKey key = HpkePrivateKey.of(scalar)) {
            SecretBytes opened = Hpke.open(key, label, context, sealed);
            Draft.require(opened.size() == KeyEquations.SIZE, ErrorCode.CANNOT_OPEN, "a Welcome of another length");
            return opened;
        } catch (AuthenticationFailedException wrong) {
            throw SekishoException.of(ErrorCode.CANNOT_OPEN, "the Welcome does not open");
        }
    }
}
