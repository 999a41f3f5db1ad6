// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Right;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.codec.group.GenesisCodec;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.groups.chain.Founding;
import org.sekisho.groups.chain.GroupHashes;
import org.sekisho.testkit.store.FaultyRowStore;
import org.sekisho.testkit.store.MemoryRowStore;
import org.sekisho.testkit.store.StoreDigest;

/** P2: whatever call to the store fails, an operation happened or did not, and doing it again completes it. */
class GatewayFaultsTest {

    /** One operation on a world that is ready for it, and how to see that it happened. */
    enum Deed {
        CREATE {
            @Override
            Runnable prepare(GatewayWorld world) {
                Octets genesis = GenesisCodec.encode(world.genesis(History.FULL));
                world.group = GroupHashes.groupId(world.genesis(History.FULL));
                return () -> world.host.create(GatewayWorld.caller(world.alice), genesis);
            }
        },
        NOTIFY {
            @Override
            Runnable prepare(GatewayWorld world) {
                world.three();
                var next = world.alice.sign(Founding.after(
                        world.link(), world.alice.entry(1, Right.values()), world.carol.entry(2, Right.INVITE)));
                return submit(world, "toy/notify", RosterCodec.encode(next));
            }
        },
        COMMIT {
            @Override
            Runnable prepare(GatewayWorld world) {
                world.three();
                world.propose(world.alice, world.alice.entry(1, Right.values()), world.bob.entry(2));
                return submit(
                        world,
                        "host/commit",
                        EpochCodec.encode(world.alice.commit(world.header(), Octets.of(new byte[32]))));
            }
        },
        QUEUE {
            @Override
            Runnable prepare(GatewayWorld world) {
                world.three();
                world.schemes.remove(world.scheme);
                return submit(world, "toy/note", Octets.utf8("queued"));
            }
        },
        POST {
            @Override
            Runnable prepare(GatewayWorld world) {
                world.three();
                Octets sealed = world.sealed(world.bob, "hello");
                return () -> world.host.post(GatewayWorld.caller(world.bob), world.group, sealed);
            }
        },
        MAIL {
            @Override
            Runnable prepare(GatewayWorld world) {
                world.three();
                Octets mail = world.alice.send(world.group, world.bob.party(), "toy/hello", Octets.EMPTY);
                return () -> world.host.mailbox().send(GatewayWorld.caller(world.alice), world.bob.leaf, mail);
            }
        };

        abstract Runnable prepare(GatewayWorld world);

        static Runnable submit(GatewayWorld world, String type, Octets body) {
            Octets bytes = world.alice.send(world.group, Party.EVERYONE, type, body);
            return () -> world.host.submit(GatewayWorld.caller(world.alice), world.group, bytes);
        }
    }

    /** What everybody can see of a world, without what differs between runs. */
    private static List<String> visible(GatewayWorld world) {
        world.lived.addAndGet(2000);
        world.host.tick();
        if (world.schemes.scheme("toy").isEmpty()) {
            world.schemes.add(world.scheme);
            world.host.schemeAdded("toy");
        }
        var seen = new ArrayList<String>();
        seen.add(world.told());
        seen.addAll(world.types(world.alice));
        seen.add(String.valueOf(
                world.host.group(GatewayWorld.OPERATOR, world.group).epoch()));
        seen.add(String.valueOf(world.rawChain().rosters().size()));
        seen.add(String.valueOf(
                world.host.mailbox().read(GatewayWorld.caller(world.bob), 0, 10).size()));
        return seen;
    }

    @ParameterizedTest
    @EnumSource
    void every_call_may_fail(Deed deed) {
        var reference = new GatewayWorld();
        deed.prepare(reference).run();
        List<String> expected = visible(reference);
        int n = 1;
        for (boolean more = true; more; n++) {
            more = failsAt(deed, n, expected, false);
        }
        assertThat(n).isGreaterThan(8);
    }

    @ParameterizedTest
    @EnumSource
    void every_answer_may_be_lost(Deed deed) {
        var reference = new GatewayWorld();
        deed.prepare(reference).run();
        List<String> expected = visible(reference);
        int n = 1;
        for (boolean more = true; more; n++) {
            more = failsAt(deed, n, expected, true);
        }
        assertThat(n).isGreaterThan(1);
    }

    /** False when there is no {@code n}th call. */
    private static boolean failsAt(Deed deed, int n, List<String> expected, boolean answer) {
        var store = new FaultyRowStore(new MemoryRowStore());
        var world = new GatewayWorld(store);
        Runnable operation = deed.prepare(world);
        Hash before = StoreDigest.of(store);
        if (answer) {
            store.loseAnswerAt(n);
        } else {
            store.failAt(n);
        }
        boolean threw = false;
        try {
            operation.run();
        } catch (SekishoException e) {
            threw = true;
        }
        boolean failed = store.failed();
        store.heal();
        if (threw && !answer && deed != Deed.CREATE) {
            assertThat(StoreDigest.of(store)).as("call " + n).isEqualTo(before);
        }
        operation.run();
        assertThat(visible(world)).as("call " + n).isEqualTo(expected);
        return failed;
    }

    @Test
    void concurrent_posts_get_one_position_each() throws Exception {
        var world = new GatewayWorld().three();
        long base = world.host.group(GatewayWorld.OPERATOR, world.group).head();
        int threads = 8;
        int each = 40;
        List<Octets> sealed = new ArrayList<>();
        for (int i = 0; i < threads * each; i++) {
            sealed.add(world.sealed(world.bob, "message " + i));
        }
        var pool = Executors.newFixedThreadPool(threads);
        var go = new CountDownLatch(1);
        var positions = ConcurrentHashMap.<Long>newKeySet();
        List<Future<?>> done = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int first = t * each;
            done.add(pool.submit(() -> {
                go.await();
                for (int i = first; i < first + each; i++) {
                    positions.add(world.host
                            .post(GatewayWorld.caller(world.bob), world.group, sealed.get(i))
                            .n());
                }
                return null;
            }));
        }
        go.countDown();
        for (Future<?> f : done) {
            f.get();
        }
        pool.shutdown();

        assertThat(positions).hasSize(threads * each);
        assertThat(positions.stream().mapToLong(l -> l).max()).hasValue(base + threads * each);
        assertThat(world.read(world.alice).stream()
                        .filter(e -> e.kind() == LogEntry.Kind.MESSAGE)
                        .map(LogEntry::bytes))
                .containsExactlyInAnyOrderElementsOf(sealed);
    }

    @Test
    void spi_messages_sent_during_swap_are_delivered_exactly_once() throws Exception {
        var world = new GatewayWorld().three();
        int notes = 200;
        List<Octets> sent = new ArrayList<>();
        for (int i = 0; i < notes; i++) {
            Octets text = Octets.utf8("n" + i + ";");
            sent.add(world.bob.send(world.group, Party.EVERYONE, "toy/note", text));
        }
        var pool = Executors.newSingleThreadExecutor();
        Future<?> sending = pool.submit(
                () -> sent.forEach(note -> world.host.submit(GatewayWorld.caller(world.bob), world.group, note)));
        var present = world.scheme;
        for (int swaps = 0; !sending.isDone(); swaps++) {
            world.schemes.remove(present);
            present = new ToyScheme();
            if (swaps % 2 == 0) {
                world.host.tick();
            }
            world.schemes.add(present);
            world.host.schemeAdded("toy");
        }
        sending.get();
        pool.shutdown();
        world.lived.addAndGet(2000);
        world.host.tick();

        assertThat(world.host.group(GatewayWorld.OPERATOR, world.group).queued())
                .isZero();
        for (int i = 0; i < notes; i++) {
            assertThat(world.told()).containsOnlyOnce(",n" + i + ";");
        }
        assertThat(world.types(world.alice).stream().filter("toy/note"::equals)).hasSize(notes);
    }
}
