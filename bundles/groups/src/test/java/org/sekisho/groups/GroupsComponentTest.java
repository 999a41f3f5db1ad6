// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.directory.Directory;
import org.sekisho.api.directory.GatewayIdentity;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.group.Genesis;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Party;
import org.sekisho.api.groups.Receipt;
import org.sekisho.api.scheme.Capability;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Effect;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.api.scheme.SchemeDescriptor;
import org.sekisho.api.scheme.Step;
import org.sekisho.codec.group.GenesisCodec;
import org.sekisho.groups.chain.Actor;
import org.sekisho.groups.chain.Founding;
import org.sekisho.testkit.store.MemoryRowStore;

class GroupsComponentTest {

    @TempDir
    Path directory;

    private final Actor alice = new Actor(1);
    private final Actor server = new Actor(100);
    private final Caller caller = Caller.participant("CN=alice", alice.leaf);
    private final MemoryRowStore rows = new MemoryRowStore();
    private final Echo scheme = new Echo();
    private GroupsComponent component;

    /** Sends back to everyone what it is told. */
    private static final class Echo implements GroupKeyScheme {

        @Override
        public SchemeDescriptor descriptor() {
            return new SchemeDescriptor("toy", 1, 1, Set.of(Capability.SERVER_BLIND), "it has no keys");
        }

        @Override
        public Step create(Ctx ctx, Octets params) {
            return Step.next(Octets.EMPTY);
        }

        @Override
        public Step handle(Ctx ctx, Octets head, Event event) {
            return event instanceof Event.Message m
                    ? Step.next(head, new Effect.Send(Party.EVERYONE, "toy/echo", m.body()))
                    : Step.next(head);
        }

        @Override
        public Octets migrate(int fromVersion, Octets head) {
            return head;
        }

        @Override
        public Map<String, String> inspect(Octets head) {
            return Map.of();
        }
    }

    private <T> T only(Class<T> type, String method, Answer answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, m, args) -> {
            if (!m.getName().equals(method)) {
                throw new UnsupportedOperationException(m.getName());
            }
            return answer.to(args);
        }));
    }

    @FunctionalInterface
    private interface Answer {
        Object to(Object[] args);
    }

    private GroupsConfig config() {
        return new GroupsConfig() {
            @Override
            public String store_key_file() {
                return "${karaf.etc}/keys/groups.key";
            }

            @Override
            public int groups_per_participant() {
                return 1_000;
            }

            @Override
            public long mailbox_octets() {
                return 64L << 20;
            }

            @Override
            public long mailbox_octets_per_sender() {
                return 16L << 20;
            }

            @Override
            public int complaints_per_member() {
                return 100;
            }

            @Override
            public int log_kept_minutes() {
                return 1;
            }

            @Override
            public long beat_milliseconds() {
                return 10;
            }

            @Override
            public long rebuild_seconds() {
                return 30;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return GroupsConfig.class;
            }
        };
    }

    private Object participant(Object[] args) {
        if (!args[1].equals(alice.leaf)) {
            throw new NotFoundException("no such participant");
        }
        Hash none = Hash.of(new byte[32]);
        return new Participant(
                alice.leaf,
                "CN=alice",
                alice.idKey(),
                alice.hpkeKey,
                Octets.EMPTY,
                none,
                none,
                Octets.EMPTY,
                Optional.empty(),
                List.of(),
                "",
                Instant.EPOCH,
                Instant.MAX,
                Optional.empty());
    }

    private void start() throws Exception {
        GatewayIdentity identity = new GatewayIdentity() {
            @Override
            public Octets serverKey() {
                return server.idKey();
            }

            @Override
            public Octets sign(String label, Octets bytes) {
                return server.key.sign(label, bytes);
            }
        };
        component = new GroupsComponent(
                rows,
                only(Directory.class, "participant", this::participant),
                identity,
                (tx, entry) -> {},
                only(BundleContext.class, "getProperty", args -> directory.toString()),
                config());
    }

    @AfterEach
    void stop() {
        component.stop();
    }

    private GroupId found() {
        Genesis genesis = Founding.genesis(alice, Founding.policy(alice, server.idKey(), 1, History.FULL));
        return component.create(caller, GenesisCodec.encode(genesis)).group();
    }

    private Octets message(GroupId group) {
        return alice.send(group, Party.SERVER, "toy/say", Octets.utf8("hello"));
    }

    @Test
    void what_waits_for_a_scheme_is_handled_when_its_bundle_is_back() throws Exception {
        start();
        component.addScheme(scheme);
        GroupId group = found();
        component.removeScheme(scheme);
        assertThat(component.submit(caller, group, message(group)).state()).isEqualTo(Receipt.State.QUEUED);
        var news = new CountDownLatch(1);

        try (var watching = component.watch(caller, group, news::countDown)) {
            component.addScheme(new Echo());
            assertThat(news.await(10, TimeUnit.SECONDS)).as("%s", watching).isTrue();
        }
        assertThat(component.read(caller, group, 0, 10)).hasSize(1);
        assertThat(component.schemes(caller)).hasSize(1);
    }

    @Test
    void a_restarted_component_goes_on_with_the_same_key() throws Exception {
        start();
        component.addScheme(scheme);
        GroupId group = found();
        component.stop();
        Path key = directory.resolve("keys/groups.key");
        assertThat(Files.size(key)).isEqualTo(32);

        start();
        component.addScheme(scheme);

        assertThat(component.submit(caller, group, message(group)).state()).isEqualTo(Receipt.State.DONE);
        assertThat(component.group(caller, group).head()).isEqualTo(1);
    }
}
