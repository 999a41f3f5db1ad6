// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.history;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.messagestore.CohortView;
import org.sekisho.api.messagestore.KeptStatement;
import org.sekisho.api.messagestore.MessageMeta;
import org.sekisho.api.messagestore.SignedStatement;
import org.sekisho.api.messagestore.Statement;
import org.sekisho.api.messagestore.StoredMessage;
import org.sekisho.api.messagestore.TokenState;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.client.transport.StoreGateway;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.store.MetaCodec;
import org.sekisho.codec.store.StatementCodec;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.Hpke;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.VerifyingKey;
import org.sekisho.crypto.pre.EpochScalar;
import org.sekisho.crypto.pre.JoinSecret;
import org.sekisho.crypto.pre.ReEncryptionToken;
import org.sekisho.crypto.pre.StoredOpener;
import org.sekisho.groups.member.MemberHost;
import org.sekisho.groups.member.MemberIdentity;
import org.sekisho.groups.member.MemberView;
import org.sekisho.groups.member.StoreRoots;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that what is stored follows the epochs. Looks at what the gateway says is missing and does what this member can:
 * tokens, the points it derives, the word that a turned header opens, grants it was given, roots nobody needs any more.
 *
 * <p>Every member runs this. Who submits a token is settled by waiting: each waits longer, in an order that every epoch shuffles
 * anew, so one does it and the next takes over if that one is gone. Everything here may be done twice. One thread at a time.
 */
final class HistoryKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryKeeper.class);
    private static final String GRANT = "pre J grant";
    private static final int PAGE = 200;

    private final GroupId group;
    private final MemberIdentity self;
    private final MemberHost host;
    private final StoreRoots roots;
    private final GroupKeys keys;
    private final StoreGateway gateway;
    private final Consumer<String> alarm;
    private final UnneededRoots unneeded;
    private long grantsRead;

    HistoryKeeper(
            GroupId group,
            MemberIdentity self,
            MemberHost host,
            StoreRoots roots,
            GroupKeys keys,
            StoreGateway gateway,
            UnneededRoots unneeded,
            Consumer<String> alarm) {
        this.group = group;
        this.self = self;
        this.host = host;
        this.roots = roots;
        this.keys = keys;
        this.gateway = gateway;
        this.unneeded = unneeded;
        this.alarm = alarm;
    }

    /**
     * One look.
     *
     * @param impatience how many others' turns have passed since the epoch began: who is that far back in its order submits
     *     tokens now
     * @return whether something is to be looked at again soon
     */
    boolean tend(long impatience) {
        MemberView view = host.view(group);
        if (!view.keyed()) {
            return true;
        }
        if (keys.fromJoin()) {
            takeGrants(view.epoch());
        }
        List<CohortView> cohorts = gateway.cohorts(group);
        boolean mine = rank(view) <= impatience;
        for (CohortView cohort : cohorts) {
            confirm(cohort, view.epoch());
            if (mine) {
                sponsor(cohort, view.epoch());
            }
            vouch(cohort, view.epoch());
        }
        forget(cohorts, view.epoch());
        return cohorts.stream().anyMatch(HistoryKeeper::unsettled);
    }

    private static boolean unsettled(CohortView cohort) {
        return cohort.state() == CohortView.State.WAITING
                || cohort.state() == CohortView.State.APPLYING
                || cohort.tokens().stream().anyMatch(t -> t.checkedBy().isEmpty() && t.state() == TokenState.GRACE);
    }

    /** This leaf's place in an order of the members that depends on the epoch. */
    private long rank(MemberView view) {
        Hash epoch = view.epochHash().orElseThrow();
        Hash own = Sha256.hashArray("pre sponsor", epoch, self.leaf());
        return view.roster().roster().entries().stream()
                .map(RosterEntry::leaf)
                .filter(leaf -> Sha256.hashArray("pre sponsor", epoch, leaf).compareTo(own) < 0)
                .count();
    }

    /** A token from every epoch that headers are at, or will be, and that none leads on from. */
    private void sponsor(CohortView cohort, long epoch) {
        Set<Long> at = new HashSet<>(cohort.headerEpochs());
        for (CohortView.TokenView token : cohort.tokens()) {
            if (token.state() != TokenState.GRACE && token.state() != TokenState.UNDOING) {
                at.remove(token.fromEpoch());
                at.add(token.toEpoch());
            }
        }
        for (long from : at) {
            if (from < epoch) {
                token(cohort.cohort(), from, epoch);
            }
        }
    }

    private void token(long cohort, long from, long to) {
        Optional<EpochScalar> one = keys.scalar(cohort, from);
        Optional<EpochScalar> two = keys.scalar(cohort, to);
        if (one.isEmpty() || two.isEmpty()) {
            one.ifPresent(EpochScalar::close);
            two.ifPresent(EpochScalar::close);
            return;
        }
        try (EpochScalar before = one.get();
                EpochScalar after = two.get();
                ReEncryptionToken token = before.tokenTo(after)) {
            Octets point = after.point().bytes();
            SecretBytes bytes = token.expose();
            Hash hash = bytes.use(b -> Sha256.hashArray("pre token", b));
            point(cohort, from, before);
            gateway.submit(
                    group, signed(new Statement.Tokens(group, cohort, from, to, hash, point, self.leaf())), bytes);
        } catch (SekishoException e) {
            report("a token of cohort " + cohort, e);
        }
    }

    /**
     * Says the points of waiting tokens as this member derives them: whoever sent another token gets no second word. Also those
     * of the present epoch, while two members are here who know them: later one may be away.
     */
    private void confirm(CohortView cohort, long epoch) {
        Set<Long> epochs = new HashSet<>();
        if (cohort.headerEpochs().contains(epoch)) {
            epochs.add(epoch);
        }
        for (CohortView.TokenView token : cohort.tokens()) {
            if (token.state() == TokenState.RECEIVED || token.state() == TokenState.VERIFIED) {
                epochs.add(token.fromEpoch());
                epochs.add(token.toEpoch());
            }
        }
        for (long each : epochs) {
            Optional<EpochScalar> scalar = keys.scalar(cohort.cohort(), each);
            if (scalar.isPresent()) {
                try (EpochScalar own = scalar.get()) {
                    if (!said(cohort, each)) {
                        point(cohort.cohort(), each, own);
                    }
                    denounce(cohort, each, own.point().bytes());
                } catch (SekishoException e) {
                    report("points of cohort " + cohort.cohort(), e);
                }
            }
        }
    }

    private boolean said(CohortView cohort, long epoch) {
        return cohort.points().stream()
                .anyMatch(p -> p.epoch() == epoch && (p.confirmed() || p.by().contains(self.leaf())));
    }

    private void denounce(CohortView cohort, long epoch, Octets own) {
        cohort.points().stream()
                .filter(p -> p.epoch() == epoch && !p.point().equals(own))
                .forEach(p -> alarm.accept("cohort " + cohort.cohort() + ", epoch " + epoch
                        + ": a point that this member does not derive, by " + p.by()));
    }

    private void point(long cohort, long epoch, EpochScalar scalar) {
        gateway.state(
                group,
                signed(new Statement.Point(group, cohort, epoch, scalar.point().bytes(), self.leaf())));
    }

    /** After opening a turned header: the word that lets a token's grace end. */
    private void vouch(CohortView cohort, long epoch) {
        boolean asked = cohort.tokens().stream()
                .anyMatch(t -> t.state() == TokenState.GRACE && t.checkedBy().isEmpty() && t.toEpoch() <= epoch);
        if (!asked || cohort.state() == CohortView.State.APPLYING) {
            return;
        }
        try {
            if (cohort.messages() == 0 || opensOne(cohort.cohort(), epoch)) {
                gateway.state(group, signed(new Statement.Status(group, cohort.cohort(), epoch, self.leaf())));
            }
        } catch (SekishoException e) {
            report("the word on cohort " + cohort.cohort(), e);
        }
    }

    private boolean opensOne(long cohort, long epoch) {
        Optional<EpochScalar> scalar = keys.scalar(cohort, epoch);
        if (scalar.isEmpty()) {
            return false;
        }
        try (EpochScalar own = scalar.get()) {
            Optional<String> cursor = Optional.empty();
            do {
                Page<StoredMessage> page = gateway.list(group, epoch, cursor, PAGE);
                for (StoredMessage message : page.items()) {
                    Optional<StoredMessage.Content> content = message.content();
                    MessageMeta meta =
                            content.map(c -> MetaCodec.decode(c.meta())).orElse(null);
                    if (meta != null && meta.cohort() == cohort && content.get().headerEpoch() == epoch) {
                        boolean opens =
                                StoredOpener.opens(meta, own, content.get().header());
                        if (!opens) {
                            alarm.accept("HEADER_CORRUPT: message " + message.message());
                        }
                        return opens;
                    }
                }
                cursor = page.next();
            } while (cursor.isPresent());
        }
        return false;
    }

    /**
     * A grant counts when it gives a point that others confirmed (protocol note F7). One that does not, or not yet, is looked at
     * again, and does not keep those behind it from being taken: any member may send a wrong one.
     */
    private void takeGrants(long epoch) {
        boolean settled = true;
        long after = grantsRead;
        List<KeptStatement> page;
        do {
            page = gateway.statements(group, after, PAGE);
            for (KeptStatement kept : page) {
                if (kept.n() <= after) {
                    throw SekishoException.of(ErrorCode.MALFORMED, "statements out of order");
                }
                after = kept.n();
                settled = take(kept, epoch) && settled;
                grantsRead = settled ? after : grantsRead;
            }
        } while (page.size() == PAGE);
    }

    private boolean take(KeptStatement kept, long epoch) {
        SignedStatement signed = StatementCodec.decodeSigned(kept.statement());
        if (!(signed.statement() instanceof Statement.Grant grant)
                || !grant.grantee().equals(self.leaf())
                || keys.entitled(grant.cohort())) {
            return true;
        }
        List<Octets> granter = granter(grant);
        if (granter.isEmpty() && grant.group().equals(group)) {
            LOG.debug("{}: a grant of cohort {} waits for its granter's roster", group, grant.cohort());
            return false;
        }
        if (!vouched(grant, signed, granter)) {
            alarm.accept("a grant of cohort " + grant.cohort() + " is not by " + grant.by());
            return true;
        }
        return take(grant, epoch);
    }

    private boolean vouched(Statement.Grant grant, SignedStatement signed, List<Octets> granter) {
        return grant.group().equals(group)
                && granter.stream().anyMatch(key -> VerifyingKey.of(key)
                        .verify(StatementCodec.label(grant), signed.encoded(), signed.signature()));
    }

    /**
     * Keys of who granted it, from rosters of when the cohort was, or later. None while the chain has not shown that leaf here yet:
     * statements may overtake it.
     */
    private List<Octets> granter(Statement.Grant grant) {
        return keys.epochs().stream()
                .map(EpochView::header)
                .filter(header -> header.cohort() >= grant.cohort())
                .map(EpochHeader::rosterHash)
                .distinct()
                .flatMap(hash -> keys.roster(hash).stream())
                .flatMap(roster -> roster.entry(grant.by()).stream())
                .map(RosterEntry::idKey)
                .distinct()
                .toList();
    }

    private boolean take(Statement.Grant grant, long epoch) {
        try (SecretBytes opened =
                        Hpke.open(self.hpke(), GRANT, Cbor.encode(group, grant.cohort(), self.leaf()), grant.sealed());
                JoinSecret join = JoinSecret.of(opened)) {
            Optional<EpochScalar> scalar = keys.tried(grant.cohort(), epoch, join);
            if (scalar.isEmpty()) {
                return false;
            }
            try (EpochScalar tried = scalar.get()) {
                Octets point = tried.point().bytes();
                boolean confirmed = gateway.cohorts(group).stream()
                        .filter(c -> c.cohort() == grant.cohort())
                        .flatMap(c -> c.points().stream())
                        .anyMatch(p -> p.confirmed() && p.point().equals(point));
                if (confirmed) {
                    keys.keep(grant.cohort(), join);
                }
                return confirmed;
            }
        } catch (AuthenticationFailedException | IllegalArgumentException e) {
            alarm.accept("a grant of cohort " + grant.cohort() + " by " + grant.by() + " does not open");
            return true;
        }
    }

    /** Seals a cohort's join secret to somebody who was not there; under FULL there is nothing to grant. */
    void grant(long cohort, LeafId grantee) {
        RosterEntry entry = host.view(group)
                .roster()
                .roster()
                .entry(grantee)
                .orElseThrow(() -> SekishoException.of(ErrorCode.NOT_A_MEMBER, "not a member"));
        try (JoinSecret join = keys.join(cohort)
                        .orElseThrow(() -> SekishoException.of(ErrorCode.FORBIDDEN, "not entitled to this cohort"));
                SecretBytes secret = join.expose()) {
            Octets sealed = Hpke.seal(
                    new org.sekisho.crypto.HpkePublicKey(entry.hpkeKey()),
                    GRANT,
                    Cbor.encode(group, cohort, grantee),
                    secret,
                    new org.sekisho.crypto.SystemEntropy());
            gateway.state(group, signed(new Statement.Grant(group, cohort, grantee, sealed, self.leaf())));
        }
    }

    /** Roots of epochs behind every header that this member might have to turn or open (protocol note F7), after their time. */
    private void forget(List<CohortView> cohorts, long epoch) {
        long oldest = epoch - 1;
        for (CohortView cohort : cohorts) {
            if (keys.entitled(cohort.cohort())) {
                oldest = Math.min(oldest, cohort.headerEpoch());
                for (CohortView.TokenView token : cohort.tokens()) {
                    // a token that nobody has checked may have to be undone
                    if (token.checkedBy().isEmpty()) {
                        oldest = Math.min(oldest, token.fromEpoch());
                    }
                }
            }
        }
        long keep = oldest;
        unneeded.forget(
                roots.epochs(group).stream().filter(e -> e < keep).sorted().toList());
    }

    private Octets signed(Statement statement) {
        Octets encoded = StatementCodec.encode(statement);
        return StatementCodec.encode(
                new SignedStatement(statement, encoded, self.signing().sign(StatementCodec.label(statement), encoded)));
    }

    /** Others may have been faster, or the epoch may have passed: the next look sees. */
    private void report(String what, SekishoException e) {
        LOG.debug("{}: {} not taken: {}", group, what, e.code());
    }
}
