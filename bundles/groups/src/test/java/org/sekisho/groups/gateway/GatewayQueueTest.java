// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.groups.gateway.GatewayHostTest.refused;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Right;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.api.groups.Receipt;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.group.EnvelopeCodec;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.groups.chain.Founding;
import org.sekisho.testkit.store.FaultyRowStore;
import org.sekisho.testkit.store.MemoryRowStore;

/** Schemes that are away, come back, break or are swapped; and timers. */
class GatewayQueueTest {

    private final GatewayWorld world = new GatewayWorld().three();

    private GroupView view() {
        return world.host.group(GatewayWorld.OPERATOR, world.group);
    }

    private void swapIn() {
        world.schemes.add(world.scheme);
        world.host.schemeAdded("toy");
    }

    @Test
    void what_comes_while_the_scheme_is_away_is_handled_in_order_when_it_is_back() {
        world.schemes.remove(world.scheme);
        for (int i = 0; i < 5; i++) {
            assertThat(world.note(i % 2 == 0 ? world.bob : world.carol, "note " + i)
                            .state())
                    .isEqualTo(Receipt.State.QUEUED);
        }
        assertThat(view().state()).isEqualTo(GroupView.State.SUSPENDED);
        assertThat(view().queued()).isEqualTo(5);
        assertThat(world.types(world.alice)).doesNotContain("toy/note");
        world.restart();

        swapIn();

        assertThat(world.told()).endsWith("Resume,note 0,note 1,note 2,note 3,note 4");
        assertThat(world.types(world.alice)).endsWith("toy/note", "toy/note", "toy/note", "toy/note", "toy/note");
        assertThat(view().queued()).isZero();
        assertThat(view().state()).isEqualTo(GroupView.State.ACTIVE);
    }

    @Test
    void the_old_epoch_goes_on_while_the_scheme_is_away() {
        world.schemes.remove(world.scheme);

        assertThat(world.post(world.bob, "hello").state()).isEqualTo(Receipt.State.DONE);
    }

    @Test
    void a_commit_counts_while_the_scheme_is_away() {
        world.submit(world.alice, "toy/open", Octets.EMPTY);
        world.schemes.remove(world.scheme);
        world.commit(world.alice);

        assertThat(view().epoch()).isEqualTo(3);
        swapIn();
        assertThat(world.told()).endsWith("epoch 3");
    }

    @Test
    void a_queued_roster_gives_its_newcomer_the_log_from_its_own_entry_on() {
        world.propose(world.alice, world.alice.entry(1, Right.values()), world.bob.entry(2));
        world.commit(world.alice);
        var again = world.alice.sign(Founding.after(
                world.link(), world.alice.entry(1, Right.values()), world.bob.entry(2), world.carol.entry(4)));
        world.schemes.remove(world.scheme);
        world.submit(world.alice, "toy/notify", RosterCodec.encode(again));
        world.post(world.bob, "meanwhile");
        swapIn();
        world.commit(world.carol);

        assertThat(world.types(world.carol))
                .endsWith("toy/notify", "toy/rn2", "host/commit", "toy/notify", "toy/rn2", "host/commit")
                .doesNotContain("message");
    }

    @Test
    void the_sender_of_a_queued_message_hears_that_it_was_refused() {
        world.schemes.remove(world.scheme);
        Octets message =
                world.bob.send(world.group, org.sekisho.api.group.Party.EVERYONE, "toy/refuse", Octets.utf8("x"));
        world.host.submit(GatewayWorld.caller(world.bob), world.group, message);
        swapIn();

        LogEntry last = world.read(world.bob).get(world.read(world.bob).size() - 1);
        var envelope = EnvelopeCodec.decodeSigned(last.bytes()).envelope();
        assertThat(envelope.type()).isEqualTo("host/refused");
        assertThat(envelope.body())
                .isEqualTo(Cbor.encode(
                        1,
                        "toy/refuse",
                        "POLICY_VIOLATION",
                        Sha256.hash(EnvelopeCodec.decodeSigned(message).encoded())));
        assertThat(world.types(world.carol)).doesNotContain("host/refused", "toy/refuse");
    }

    @Test
    void one_sender_cannot_fill_the_queue() {
        world.schemes.remove(world.scheme);
        for (int i = 0; i < InboxQueue.MAX_PER_SENDER; i++) {
            world.submit(world.bob, "toy/note", Octets.utf8("n"));
        }

        refused(ErrorCode.QUEUE_FULL, () -> world.note(world.bob, "one more"));
        assertThat(world.note(world.carol, "still").state()).isEqualTo(Receipt.State.QUEUED);
        swapIn();
        assertThat(view().queued()).isZero();
        world.note(world.bob, "again");
    }

    @Test
    void spi_always_throwing_scheme_isolated() {
        world.note(world.bob, "before");
        assertThat(world.submit(world.bob, "toy/throw", Octets.utf8("x")).state())
                .isEqualTo(Receipt.State.QUEUED);
        world.note(world.carol, "after");

        assertThat(world.told()).endsWith("before,after");
        assertThat(view().dead()).isEqualTo(1);
        assertThat(view().queued()).isZero();
        assertThat(view().state()).isEqualTo(GroupView.State.ACTIVE);
        assertThat(view().stateReason()).contains("event.set-aside").contains("toy/throw");
        assertThat(world.types(world.alice)).doesNotContain("toy/throw");
    }

    @Test
    void who_keeps_breaking_the_scheme_is_slowed_down_and_nobody_else() {
        for (int i = 0; i <= Throttle.MOST; i++) {
            world.submit(world.bob, "toy/throw", Octets.utf8("x" + i));
        }

        refused(ErrorCode.RATE_LIMITED, () -> world.note(world.bob, "more"));
        assertThat(world.note(world.carol, "fine").state()).isEqualTo(Receipt.State.DONE);
        assertThat(world.post(world.bob, "hello").state()).isEqualTo(Receipt.State.DONE);
        world.lived.addAndGet(Throttle.WINDOW.toMillis() + 1000);
        assertThat(world.note(world.bob, "again").state()).isEqualTo(Receipt.State.DONE);
    }

    @Test
    void a_timer_that_breaks_the_scheme_suspends_the_group_and_loses_nothing() {
        world.submit(world.bob, "toy/timer", Octets.utf8("boom"));
        world.lived.addAndGet(10_001);
        world.host.tick();

        assertThat(view().state()).isEqualTo(GroupView.State.SUSPENDED);
        assertThat(view().stateReason()).isEqualTo("POISON");
        assertThat(view().queued()).isEqualTo(1);
        assertThat(world.note(world.bob, "waiting").state()).isEqualTo(Receipt.State.QUEUED);
        assertThat(world.post(world.bob, "hello").state()).isEqualTo(Receipt.State.DONE);
    }

    @Test
    void timers_fire_once_also_after_a_restart_and_a_long_gap() {
        world.submit(world.bob, "toy/timer", Octets.utf8("t"));
        world.host.tick();
        assertThat(world.told()).doesNotContain("timer t");
        world.restart();
        world.lived.addAndGet(1_000_000);
        world.host.tick();
        world.host.tick();

        assertThat(world.told()).endsWith("timer set,timer t");
        assertThat(world.types(world.carol)).endsWith("toy/tick");
    }

    @Test
    void a_timer_waits_for_its_scheme() {
        world.submit(world.bob, "toy/timer", Octets.utf8("t"));
        world.schemes.remove(world.scheme);
        world.lived.addAndGet(10_001);
        world.host.tick();
        swapIn();

        assertThat(world.told()).endsWith("timer t");
    }

    @Test
    void a_step_of_a_scheme_that_was_swapped_meanwhile_is_computed_again() {
        var next = new ToyScheme();
        world.scheme.during = () -> {
            world.schemes.remove(world.scheme);
            world.schemes.add(next);
        };
        world.note(world.bob, "once");

        assertThat(world.told()).endsWith("epoch 2,once");
        assertThat(world.types(world.alice).stream().filter("toy/note"::equals)).hasSize(1);
    }

    @Test
    void a_scheme_that_goes_in_the_middle_of_a_step_leaves_the_message_in_the_queue() {
        world.scheme.during = () -> world.schemes.remove(world.scheme);

        assertThat(world.note(world.bob, "kept").state()).isEqualTo(Receipt.State.QUEUED);

        world.scheme.during = () -> {};
        swapIn();
        assertThat(world.told()).endsWith("kept");
    }

    /** Whatever call to the store fails when a scheme comes back, it hears of it once the store is back, before what waited. */
    @Test
    void coming_back_survives_every_failure_of_the_store() {
        for (int n = 1, more = 1; more == 1; n++) {
            var store = new FaultyRowStore(new MemoryRowStore());
            var failing = new GatewayWorld(store).three();
            failing.schemes.remove(failing.scheme);
            failing.note(failing.bob, "kept");
            failing.schemes.add(failing.scheme);
            store.failAt(n);
            failing.host.schemeAdded("toy");
            more = store.failed() ? 1 : 0;
            store.heal();
            failing.lived.addAndGet(2000);
            failing.host.tick();
            assertThat(failing.told()).as("call %d", n).endsWith("epoch 2,Resume,kept");
        }
    }

    @Test
    void an_operator_suspends_and_resumes() {
        world.host.suspend(GatewayWorld.OPERATOR, world.group, "maintenance");
        assertThat(world.note(world.bob, "kept").state()).isEqualTo(Receipt.State.QUEUED);
        assertThat(view().stateReason()).isEqualTo("maintenance");

        world.host.resume(GatewayWorld.OPERATOR, world.group);

        assertThat(world.told()).endsWith("Resume,kept");
        assertThat(view().state()).isEqualTo(GroupView.State.ACTIVE);
        assertThat(world.audited).contains("group.suspend", "group.resume");
    }

    @Test
    void resuming_tries_again_what_was_set_aside() {
        world.submit(world.bob, "toy/throw", Octets.utf8("x"));
        assertThat(view().dead()).isEqualTo(1);
        world.schemes.remove(world.scheme);
        world.schemes.add(new MendedScheme());

        world.host.resume(GatewayWorld.OPERATOR, world.group);

        assertThat(view().dead()).isZero();
        assertThat(world.types(world.alice)).contains("toy/throw");
    }

    @Test
    void a_request_reaches_the_scheme() {
        assertThat(world.host
                        .request(GatewayWorld.caller(world.bob), world.group, "renew", Octets.EMPTY)
                        .state())
                .isEqualTo(Receipt.State.DONE);
        assertThat(world.told()).endsWith("request renew");
    }

    @Test
    void a_second_gateway_sees_everything() {
        world.note(world.bob, "one");
        var first = world.host;
        world.restart();
        world.note(world.bob, "two");
        world.host = first;
        world.note(world.bob, "three");

        assertThat(world.told()).endsWith("one,two,three");
        assertThat(world.host
                        .groups(GatewayWorld.OPERATOR, Optional.empty(), 10)
                        .items())
                .hasSize(1);
    }

    @Test
    void a_long_reason_in_any_script_suspends_and_does_no_harm() {
        world.host.suspend(GatewayWorld.OPERATOR, world.group, "\u4fdd\u5b88 \ud83d\udd27".repeat(200));

        assertThat(view().stateReason()).startsWith("\u4fdd\u5b88");
        world.host.resume(GatewayWorld.OPERATOR, world.group);
        assertThat(world.note(world.bob, "on").state()).isEqualTo(Receipt.State.DONE);
    }
}
