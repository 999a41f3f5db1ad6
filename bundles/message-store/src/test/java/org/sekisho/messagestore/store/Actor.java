// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.sekisho.api.Caller;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.History;
import org.sekisho.api.messagestore.CohortView;
import org.sekisho.api.messagestore.Deposit;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.api.messagestore.MessageMeta;
import org.sekisho.api.messagestore.SignedStatement;
import org.sekisho.api.messagestore.Statement;
import org.sekisho.api.messagestore.StoredMessage;
import org.sekisho.api.messagestore.TokenState;
import org.sekisho.codec.store.MetaCodec;
import org.sekisho.codec.store.StatementCodec;
import org.sekisho.crypto.HpkePrivateKey;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.VerifyingKey;
import org.sekisho.crypto.pre.EpochScalar;
import org.sekisho.crypto.pre.JoinSecret;
import org.sekisho.crypto.pre.ReEncryptionToken;
import org.sekisho.crypto.pre.StoredOpener;
import org.sekisho.crypto.pre.StoredSeal;
import org.sekisho.crypto.schedule.PreRoot;

/** A member as a test needs it: does what the client does, and whatever else a test asks for. */
final class Actor {

    static final String CORRUPT = "HEADER_CORRUPT";
    static final String PENDING = "PENDING_REENCRYPTION";
    static final String DELETED = "DELETED";

    final World world;
    final String name;
    final LeafId leaf;
    final Caller caller;
    final SystemEntropy entropy = new SystemEntropy();
    final SigningKey signing = SigningKey.generate(entropy);
    final HpkePrivateKey hpke = HpkePrivateKey.generate(entropy);
    final TreeMap<Long, PreRoot> roots = new TreeMap<>();
    final TreeMap<Long, JoinSecret> joins = new TreeMap<>();
    StoreHost store;
    private long seq;
    private Optional<Hash> previous = Optional.empty();

    Actor(World world, String name) {
        this.world = world;
        this.name = name;
        this.store = world.store;
        this.leaf = new LeafId(
                Octets.concat(Sha256.hash(Octets.utf8(name)).value().slice(0, 16), Octets.of(entropy.next(16))));
        this.caller = Caller.participant(name, leaf);
    }

    EpochScalar scalar(long cohort, long epoch) {
        Optional<JoinSecret> join =
                world.history == History.FROM_JOIN ? Optional.of(joins.get(cohort)) : Optional.empty();
        return EpochScalar.derive(roots.get(epoch), world.group, cohort, join);
    }

    boolean holds(long cohort, long epoch) {
        return roots.containsKey(epoch) && (world.history == History.FULL || joins.containsKey(cohort));
    }

    StoredMessage send(String text) {
        return send(text.getBytes(UTF_8), world.epoch());
    }

    StoredMessage send(byte[] plain, long epoch) {
        Deposit deposit = seal(plain, epoch);
        return store.deposit(caller, world.group, deposit);
    }

    /** Seals as of an epoch; long messages are uploaded first. */
    Deposit seal(byte[] plain, long epoch) {
        GroupFacts.Epoch origin = world.epochs.get((int) epoch - 1);
        long cohort = origin.header().cohort();
        try (EpochScalar scalar = scalar(cohort, epoch);
                StoredSeal seal = new StoredSeal(
                        new StoredSeal.Origin(
                                world.group,
                                cohort,
                                origin.hash(),
                                origin.header().rosterHash()),
                        new StoredSeal.Turn(leaf, ++seq, previous),
                        new StoredSeal.Body(world.now(), "text/plain", plain.length),
                        scalar,
                        entropy)) {
            List<Octets> chunks = new ArrayList<>();
            MessageMeta meta = seal.meta();
            for (int i = 0; i < meta.chunks(); i++) {
                byte[] part = Arrays.copyOfRange(
                        plain, i * MessageMeta.CHUNK, Math.min(plain.length, (i + 1) * MessageMeta.CHUNK));
                Octets chunk = seal.chunk(part, part.length);
                if (meta.chunks() > Deposit.MAX_INLINE) {
                    store.upload(caller, world.group, meta.message(), i, i == meta.chunks() - 1, chunk);
                } else {
                    chunks.add(chunk);
                }
            }
            StoredSeal.Signed signed = seal.finish(signing);
            previous = Optional.of(signed.hash());
            return new Deposit(
                    seal.encodedMeta(),
                    signed.signature(),
                    signed.hashes(),
                    epoch,
                    seal.header().bytes(),
                    chunks);
        }
    }

    /** Everything that this member is shown, by message: the text, or why it does not open. */
    Map<MessageId, String> readAll() {
        return readAll(world.epoch());
    }

    Map<MessageId, String> readAll(long epoch) {
        Map<MessageId, String> read = new LinkedHashMap<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<StoredMessage> page = store.list(caller, world.group, epoch, cursor, 100);
            page.items().forEach(message -> read.put(message.message(), open(message)));
            cursor = page.next();
        } while (cursor.isPresent());
        return read;
    }

    String open(StoredMessage message) {
        if (message.content().isEmpty()) {
            return DELETED;
        }
        StoredMessage.Content content = message.content().get();
        MessageMeta meta = MetaCodec.decode(content.meta());
        if (!holds(meta.cohort(), content.headerEpoch())) {
            return PENDING;
        }
        try (EpochScalar scalar = scalar(meta.cohort(), content.headerEpoch())) {
            if (!StoredOpener.opens(meta, scalar, content.header())) {
                return CORRUPT;
            }
            VerifyingKey author = VerifyingKey.of(world.rosters.stream()
                    .flatMap(r -> r.entry(meta.sender()).stream())
                    .findFirst()
                    .orElseThrow()
                    .idKey());
            try (StoredOpener opener = StoredOpener.open(content, author, scalar)) {
                var out = new ByteArrayOutputStream();
                List<Octets> chunks = new ArrayList<>(content.chunks());
                while (chunks.size() < meta.chunks()) {
                    chunks.addAll(store.chunks(caller, world.group, message.message(), chunks.size(), 1000));
                }
                chunks.forEach(chunk -> out.writeBytes(opener.chunk(chunk)));
                return out.toString(UTF_8);
            }
        }
    }

    /** Submits what is missing to bring every cohort to the current epoch. */
    void sponsor() {
        for (CohortView cohort : store.cohorts(caller, world.group)) {
            Set<Long> at = new HashSet<>(cohort.headerEpochs());
            cohort.tokens().stream().filter(t -> t.state() != TokenState.GRACE).forEach(t -> {
                at.remove(t.fromEpoch());
                at.add(t.toEpoch());
            });
            for (long from : at) {
                if (from < world.epoch() && holds(cohort.cohort(), from)) {
                    token(cohort.cohort(), from, world.epoch());
                }
            }
        }
    }

    void token(long cohort, long from, long to) {
        try (EpochScalar one = scalar(cohort, from);
                EpochScalar two = scalar(cohort, to);
                ReEncryptionToken token = one.tokenTo(two)) {
            point(cohort, from);
            submit(cohort, from, to, token, two.point().bytes());
        }
    }

    void submit(long cohort, long from, long to, ReEncryptionToken token, Octets point) {
        SecretBytes bytes = token.expose();
        Hash hash = bytes.use(b -> Sha256.hashArray("pre token", b));
        store.submit(
                caller,
                world.group,
                signed(new Statement.Tokens(world.group, cohort, from, to, hash, point, leaf)),
                bytes);
    }

    void point(long cohort, long epoch) {
        try (EpochScalar scalar = scalar(cohort, epoch)) {
            state(new Statement.Point(world.group, cohort, epoch, scalar.point().bytes(), leaf));
        }
    }

    /** Says the points of every token that waits, as this member derives them. */
    void confirm() {
        for (CohortView cohort : store.cohorts(caller, world.group)) {
            Set<Long> epochs = new HashSet<>();
            cohort.tokens().forEach(t -> {
                epochs.add(t.fromEpoch());
                epochs.add(t.toEpoch());
            });
            epochs.stream().filter(e -> holds(cohort.cohort(), e)).forEach(e -> point(cohort.cohort(), e));
        }
    }

    /** Says that headers open, for every cohort where one does and none does not. */
    void vouch() {
        Map<Long, Boolean> good = new TreeMap<>();
        Map<MessageId, String> read = readAll();
        Optional<String> cursor = Optional.empty();
        do {
            Page<StoredMessage> page = store.list(caller, world.group, world.epoch(), cursor, 100);
            page.items().forEach(m -> m.content()
                    .ifPresent(c -> good.merge(
                            MetaCodec.decode(c.meta()).cohort(),
                            !Set.of(CORRUPT, PENDING).contains(read.get(m.message())),
                            Boolean::logicalAnd)));
            cursor = page.next();
        } while (cursor.isPresent());
        good.forEach((cohort, opens) -> {
            if (opens) {
                state(new Statement.Status(world.group, cohort, world.epoch(), leaf));
            }
        });
    }

    void state(Statement statement) {
        store.state(caller, world.group, signed(statement));
    }

    Octets signed(Statement statement) {
        Octets encoded = StatementCodec.encode(statement);
        return StatementCodec.encode(
                new SignedStatement(statement, encoded, signing.sign(StatementCodec.label(statement), encoded)));
    }
}
