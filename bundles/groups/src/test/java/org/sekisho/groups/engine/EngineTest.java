// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.SekishoException;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.api.scheme.Ctx.Takeover;
import org.sekisho.api.scheme.Effect;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.Role;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.Cbor;
import org.sekisho.testkit.store.MemoryRowStore;

/** Runner, inbox and timers with a scheme that counts. */
class EngineTest {

    private static final Octets SCOPE = Octets.of(new byte[16]);

    private final MemoryRowStore rows = new MemoryRowStore();
    private final SchemeRegistry schemes = new SchemeRegistry(new CountingScheme(1));
    private final ManualClock clock = new ManualClock();
    private final RecordingHost host = new RecordingHost();
    private final KeyedStateSealer sealer =
            new KeyedStateSealer(SecretBytes.copyOf(new byte[32]), target -> new java.util.Random(1).nextBytes(target));
    private final Runner runner = new Runner(schemes, sealer, clock, target -> {});
    private final Inbox inbox = new Inbox(clock);
    private final InboxDrainer drainer = new InboxDrainer(rows, runner, inbox, host);
    private long instance;

    @BeforeEach
    void create() {
        instance = rows.transact(SCOPE, tx -> runner.create(tx, host, "counting", Role.SERVER, Octets.EMPTY));
    }

    private void handle(Event event) {
        rows.transact(SCOPE, tx -> {
            runner.handle(tx, host, instance, event);
            return instance;
        });
    }

    private static Event ask(String name) {
        return new Event.Request(name, Octets.utf8("x"));
    }

    private String count() {
        return rows.read(SCOPE, runner::instances).get(0).details().get("count");
    }

    @Test
    void keepsHeadAndParts() {
        handle(ask("add"));
        handle(ask("add"));
        assertThat(count()).isEqualTo("2");
        handle(ask("drop"));
        handle(new Event.Resume("test"));
        assertThat(count()).isEqualTo("102");
    }

    @Test
    void storesNothingInTheClear() {
        Octets secret = Octets.utf8("a secret that is long enough to search for");
        handle(new Event.Request("add", secret));
        List<Row> stored = rows.read(SCOPE, tx -> tx.scan(Table.PART, Octets.EMPTY, Octets.EMPTY, 10));
        assertThat(stored).hasSize(1);
        assertThat(stored.get(0).value().hex()).doesNotContain(secret.hex());
    }

    @Test
    void refusalLeavesNoTrace() {
        var before = rows.digest();
        assertThatThrownBy(() -> handle(ask("refuse")))
                .isInstanceOf(RejectedException.class)
                .hasMessage("no");
        assertThatThrownBy(() -> handle(ask("boom"))).isInstanceOf(SchemeFault.class);
        assertThat(rows.digest()).isEqualTo(before);
    }

    @Test
    void effectsCauseEventsInTheSameTransaction() {
        host.answer = new Event.Timer("caused");
        handle(ask("notice"));
        assertThat(count()).isEqualTo("101");
        host.answer = ask("notice");
        assertThatThrownBy(() -> handle(ask("notice"))).isInstanceOf(SchemeFault.class);
        assertThat(count()).isEqualTo("101");
    }

    @Test
    void partRolledBackOrDeletedIsNoticed() {
        handle(ask("add"));
        Row old = rows.read(SCOPE, tx -> tx.scan(Table.PART, Octets.EMPTY, Octets.EMPTY, 1))
                .get(0);
        rows.transact(SCOPE, tx -> tx.delete(Table.PART, old.key()));
        assertThatThrownBy(() -> handle(new Event.Resume("x"))).isInstanceOf(StateCorruptException.class);
    }

    @Test
    void headMovedOrFlippedDoesNotOpen() {
        handle(ask("add"));
        Row row = rows.read(SCOPE, tx -> tx.scan(Table.INSTANCE, Octets.EMPTY, Octets.EMPTY, 1))
                .get(0);
        byte[] flipped = row.value().toByteArray();
        flipped[flipped.length - 1] ^= 1;
        rows.transact(SCOPE, tx -> {
            tx.put(Table.INSTANCE, row.key(), Octets.of(flipped));
            return tx;
        });
        assertThatThrownBy(() -> handle(ask("add"))).isInstanceOf(StateCorruptException.class);
    }

    @Test
    void waitsWhileTheSchemeIsAbsentAndMigratesWhenItIsBack() {
        handle(ask("add"));
        CountingScheme second = new CountingScheme(2);
        schemes.all().forEach(schemes::remove);
        assertThatThrownBy(() -> handle(ask("add")))
                .isInstanceOf(UnavailableException.class)
                .extracting(e -> ((SekishoException) e).code())
                .isEqualTo(ErrorCode.CAPABILITY_ABSENT);
        queue(ask("add"));
        queue(ask("add"));
        assertThat(drainer.drain(SCOPE, instance)).isZero();
        schemes.add(second);
        assertThat(drainer.drain(SCOPE, instance)).isEqualTo(2);
        assertThat(count()).isEqualTo("1003");
        schemes.remove(second);
        schemes.add(new CountingScheme(1));
        queue(ask("add"));
        assertThat(drainer.drain(SCOPE, instance))
                .as("older code leaves newer state alone")
                .isZero();
    }

    @Test
    void poisonousMessageIsSetAsideAndTheNextGoesOn() {
        queue(new Event.Message(Party.SERVER, "counting/boom", Octets.EMPTY, Optional.empty()));
        queue(ask("add"));
        queue(ask("refuse"));
        queue(ask("add"));
        drainer.drain(SCOPE, instance);
        assertThat(count()).isEqualTo("2");
        assertThat(host.poisoned).containsExactly(false);
        assertThat(host.refused).containsExactly(ErrorCode.POLICY_VIOLATION);
        assertThat(rows.<Long>read(SCOPE, tx -> inbox.dead(tx, instance))).isEqualTo(1);
    }

    private long dead() {
        return rows.read(SCOPE, tx -> inbox.dead(tx, instance));
    }

    private void poison() {
        queue(new Event.Message(Party.SERVER, "counting/boom", Octets.EMPTY, Optional.empty()));
        drainer.drain(SCOPE, instance);
    }

    /** R40: thirty days of the host's life, and not without number. */
    @Test
    void whatIsSetAsideIsBoundedByAgeAndNumber() {
        poison();
        clock.lived += Duration.ofDays(29).toMillis();
        poison();
        assertThat(rows.<Boolean>read(SCOPE, inbox::hasOld)).isFalse();
        clock.lived += Duration.ofDays(1).toMillis();
        assertThat(rows.<Boolean>read(SCOPE, inbox::hasOld)).isTrue();
        rows.transact(SCOPE, tx -> {
            inbox.forgetOld(tx);
            return instance;
        });
        assertThat(dead()).isEqualTo(1);
        for (int i = 0; i < 256; i++) {
            poison();
        }
        assertThat(dead()).isEqualTo(256);
    }

    /** As earlier builds kept it, without a time: as old as the host. */
    @Test
    void whatAnEarlierBuildSetAsideIsReadAndForgotten() {
        Octets event = EventCodec.encode(ask("add"));
        Octets key = Octets.concat(InstanceStore.key(instance), Octets.ofLong(1));
        rows.transact(SCOPE, tx -> {
            tx.put(Table.DEAD, key, Cbor.encode(1, "java.lang.IllegalStateException", event));
            inbox.revive(tx, instance);
            return instance;
        });
        drainer.drain(SCOPE, instance);
        assertThat(count()).isEqualTo("1");
    }

    @Test
    void whatIsSetAsideAndDoesNotDecodeAnyMoreHoldsUpNothing() {
        Octets key = Octets.concat(InstanceStore.key(instance), Octets.ofLong(1));
        rows.transact(SCOPE, tx -> {
            tx.put(Table.DEAD, key, Cbor.encode(2, clock.lived, "java.lang.Error", Octets.of((byte) 0xff)));
            return instance;
        });
        poison();
        assertThat(dead()).isEqualTo(2);
        clock.lived += Duration.ofDays(30).toMillis();
        rows.transact(SCOPE, tx -> {
            inbox.forgetOld(tx);
            return instance;
        });
        assertThat(dead()).isZero();
    }

    @Test
    void eventASchemeHasNoRoomForDoesNotStopTheNext() {
        queue(new Event.Message(Party.SERVER, "counting/full", Octets.EMPTY, Optional.empty()));
        queue(ask("add"));
        drainer.drain(SCOPE, instance);
        assertThat(count()).isEqualTo("1");
        assertThat(host.refused).containsExactly(ErrorCode.QUEUE_FULL);
    }

    @Test
    void poisonousRequestSuspendsAndNothingIsLost() {
        queue(ask("boom"));
        queue(ask("add"));
        drainer.drain(SCOPE, instance);
        assertThat(host.poisoned).containsExactly(true);
        assertThat(rows.<Long>read(SCOPE, tx -> inbox.size(tx, instance))).isEqualTo(2);
        assertThat(rows.read(SCOPE, runner::instances).get(0).status()).isEqualTo(InstanceStatus.SUSPENDED);
    }

    /** R13: it would come to the head of the queue for ever. */
    @Test
    void anEffectThatCannotBeCarriedOutIsPoisonToo() {
        host.broken = new IllegalStateException("not an effect of this side");
        queue(ask("notice"));
        drainer.drain(SCOPE, instance);
        assertThat(host.poisoned).containsExactly(true);
        assertThat(rows.read(SCOPE, runner::instances).get(0).status()).isEqualTo(InstanceStatus.SUSPENDED);
    }

    @Test
    void aStoreThatFailsUnderAnEffectIsNobodysPoison() {
        host.broken = new UnavailableException(ErrorCode.STORAGE_UNAVAILABLE, "no disk");
        queue(ask("notice"));
        assertThatThrownBy(() -> drainer.drain(SCOPE, instance)).isInstanceOf(UnavailableException.class);
        assertThat(host.poisoned).isEmpty();
        assertThat(rows.<Long>read(SCOPE, tx -> inbox.size(tx, instance))).isEqualTo(1);
    }

    @Test
    void anAbortedInstanceIsErasedThoughItsSchemeIsAway() {
        handle(ask("add"));
        schemes.all().forEach(schemes::remove);
        rows.transact(SCOPE, tx -> {
            runner.abort(tx, host, instance, "over");
            return tx;
        });
        rows.read(SCOPE, tx -> {
            assertThat(tx.count(Table.PART, Octets.EMPTY)).isZero();
            return tx;
        });
    }

    @Test
    void errorSuspendsAtOnce() {
        queue(ask("overflow"));
        drainer.drain(SCOPE, instance);
        assertThat(host.poisoned).containsExactly(true);
    }

    @Test
    void timersAreDueByLivedTime() {
        handle(ask("timer"));
        assertThat(takeDue()).isEmpty();
        clock.lived += 4_999;
        assertThat(takeDue()).isEmpty();
        clock.lived += 1;
        assertThat(takeDue()).containsExactly(new Timers.Due(instance, "t"));
        assertThat(takeDue()).isEmpty();
    }

    @Test
    void abortEndsAndDeletesParts() {
        handle(ask("add"));
        handle(ask("timer"));
        handle(new Event.Abort("over"));
        rows.read(SCOPE, tx -> {
            assertThat(tx.count(Table.PART, Octets.EMPTY)).isZero();
            assertThat(tx.count(Table.TIMER, Octets.EMPTY)).isZero();
            return tx;
        });
        assertThatThrownBy(() -> handle(ask("add"))).isInstanceOf(RejectedException.class);
    }

    private void queue(Event event) {
        rows.transact(SCOPE, tx -> {
            inbox.add(tx, instance, event);
            return tx;
        });
    }

    private List<Timers.Due> takeDue() {
        return rows.transact(SCOPE, tx -> runner.timers().takeDue(tx));
    }

    private static final class ManualClock implements HostClock {
        private long lived;

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long lived() {
            return lived;
        }
    }

    private static final class RecordingHost implements Host, Setting {
        private final List<ErrorCode> refused = new ArrayList<>();
        private final List<Boolean> poisoned = new ArrayList<>();
        private Event answer;
        private RuntimeException broken;

        @Override
        public Setting setting(RowTx tx, long instance) {
            return this;
        }

        @Override
        public List<Event> apply(RowTx tx, long instance, Effect effect) {
            if (broken != null) {
                throw broken;
            }
            return answer == null ? List.of() : List.of(answer);
        }

        @Override
        public void refused(RowTx tx, long instance, Event event, SekishoException why) {
            refused.add(why.code());
        }

        @Override
        public void poisoned(RowTx tx, long instance, Event event, boolean suspended) {
            poisoned.add(suspended);
        }

        @Override
        public GroupId group() {
            return new GroupId(SCOPE);
        }

        @Override
        public Octets groupNonce() {
            return SCOPE;
        }

        @Override
        public Optional<LeafId> self() {
            return Optional.empty();
        }

        @Override
        public Policy policy() {
            throw new AssertionError("not used by this scheme");
        }

        @Override
        public SignedRoster roster() {
            throw new AssertionError("not used by this scheme");
        }

        @Override
        public Optional<SignedRoster> proposal() {
            return Optional.empty();
        }

        @Override
        public Optional<Takeover> takeover() {
            return Optional.empty();
        }

        @Override
        public Optional<EpochView> epoch() {
            return Optional.empty();
        }

        @Override
        public Optional<SecretBytes> open(String label, Octets context, Octets sealed) {
            return Optional.empty();
        }

        @Override
        public Octets sign(String label, Octets bytes) {
            return Octets.EMPTY;
        }

        @Override
        public Hash hash(EpochHeader header) {
            throw new AssertionError("not used by this scheme");
        }

        @Override
        public Octets confirmTag(EpochHeader header, SecretBytes schemeSecret) {
            throw new AssertionError("not used by this scheme");
        }
    }
}
