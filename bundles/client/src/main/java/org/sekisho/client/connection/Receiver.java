// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.connection;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.IndeterminateException;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Registration;
import org.sekisho.api.SekishoException;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.client.transport.Gateway;
import org.sekisho.groups.member.MemberHost;
import org.sekisho.groups.member.MemberStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the mailbox and every group's log, by long poll or stream, and hands entries to the host in order. One thread does all
 * of it; waiting is asynchronous.
 */
final class Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);
    private static final Duration WAIT = Duration.ofSeconds(25);
    private static final Duration JOINING_LOOKS = Duration.ofSeconds(1);
    private static final Duration BEHIND_LOOKS = Duration.ofHours(1);
    private static final Duration SILENCE = Duration.ofSeconds(45);
    private static final int PAGE = 200;
    private static final int MAX_ARRIVED = 1000;

    private final MemberHost host;
    private final Gateway gateway;
    private final Peers peers;
    private final Runnable news;
    private final BlockingQueue<Arrival> arrived = new LinkedBlockingQueue<>(MAX_ARRIVED);
    private final Map<Optional<GroupId>, Channel> channels = new LinkedHashMap<>();

    /** What came of a channel: entries, or why not. */
    private record Arrival(
            Channel channel, long opening, List<LogEntry> entries, Optional<SekishoException> failure, boolean end) {}

    /** The mailbox, or one group's log. Touched by the receiving thread only. */
    private static final class Channel {

        private final Optional<GroupId> group;
        private final Backoff backoff = new Backoff();
        private boolean open;
        private long opening;
        private Optional<Registration> stream = Optional.empty();
        private long heard = System.nanoTime();
        private long lookAt = System.nanoTime();
        private Optional<Long> behindUntil = Optional.empty();

        Channel(Optional<GroupId> group) {
            this.group = group;
        }

        /** The gateway said that what was not read is gone; it is asked again now and then, for it may have lied. */
        boolean isBehind() {
            return behindUntil.filter(until -> System.nanoTime() - until < 0).isPresent();
        }
    }

    Receiver(MemberHost host, Gateway gateway, Peers peers, Runnable news) {
        this.host = host;
        this.gateway = gateway.once();
        this.peers = peers;
        this.news = news;
    }

    /** One round of the receiving thread. */
    void turn() throws InterruptedException {
        channels.computeIfAbsent(Optional.empty(), Channel::new);
        host.groups().forEach(group -> channels.computeIfAbsent(Optional.of(group), Channel::new));
        channels.values().forEach(this::open);
        Arrival arrival = arrived.poll(100, TimeUnit.MILLISECONDS);
        while (arrival != null) {
            handle(arrival);
            arrival = arrived.poll();
        }
    }

    private void open(Channel channel) {
        if (channel.open && channel.stream.isPresent() && System.nanoTime() - channel.heard > SILENCE.toNanos()) {
            close(channel);
        }
        if (channel.open || !channel.backoff.over()) {
            return;
        }
        try {
            if (channel.group.isEmpty()) {
                begin(channel, host.mailCursor());
            } else {
                openLog(channel, channel.group.get());
            }
        } catch (SekishoException e) {
            failed(channel, e);
        }
    }

    private void openLog(Channel channel, GroupId group) {
        MemberStatus status = host.view(group).status();
        if (status == MemberStatus.REMOVED || status == MemberStatus.MEMBER && channel.isBehind()) {
            return;
        }
        if (status == MemberStatus.JOINING) {
            channel.behindUntil = Optional.empty();
            if (System.nanoTime() - channel.lookAt < 0) {
                return;
            }
            channel.lookAt = System.nanoTime() + JOINING_LOOKS.toNanos();
            if (!host.catchUp(group, gateway.chain(group))) {
                return;
            }
            news.run();
        }
        begin(channel, host.cursor(group));
    }

    private void begin(Channel channel, long after) {
        channel.open = true;
        long opening = ++channel.opening;
        channel.heard = System.nanoTime();
        channel.stream = gateway.stream(
                channel.group,
                after,
                entry -> put(
                        new Arrival(channel, opening, entry.map(List::of).orElse(List.of()), Optional.empty(), false)),
                why -> put(new Arrival(channel, opening, List.of(), why, true)));
        if (channel.stream.isEmpty()) {
            gateway.read(channel.group, after, PAGE, WAIT).whenComplete((entries, failure) -> {
                boolean ok = failure == null;
                put(new Arrival(
                        channel,
                        opening,
                        ok ? entries : List.of(),
                        ok ? Optional.empty() : Optional.of(typed(failure)),
                        true));
            });
        }
    }

    private void put(Arrival arrival) {
        try {
            arrived.put(arrival);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SekishoException typed(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SekishoException typed) {
                return typed;
            }
        }
        return new IndeterminateException(ErrorCode.OUTCOME_UNKNOWN, "reading failed");
    }

    private void handle(Arrival arrival) {
        Channel channel = arrival.channel();
        if (arrival.opening() != channel.opening || !channel.open) {
            // of a reading that was given up: what it brought is read again from where the host stands
            return;
        }
        channel.heard = System.nanoTime();
        if (arrival.end()) {
            close(channel);
        }
        try {
            if (arrival.failure().isPresent()) {
                throw arrival.failure().get();
            }
            if (!arrival.entries().isEmpty()) {
                take(channel, arrival.entries());
                news.run();
            }
            channel.backoff.succeeded();
        } catch (SekishoException e) {
            failed(channel, e);
        }
    }

    private void take(Channel channel, List<LogEntry> entries) {
        if (channel.group.isPresent()) {
            if (!host.take(channel.group.get(), entries)) {
                // what came before it, and why it waits
                news.run();
                throw new UnavailableException(ErrorCode.CAPABILITY_ABSENT, "an entry must wait");
            }
            return;
        }
        for (LogEntry entry : entries) {
            Optional<LeafId> stranger = host.stranger(entry);
            Optional<Octets> key = stranger.flatMap(leaf -> peers.key(leaf, entry.bytes()));
            host.takeMail(entry, key);
        }
        // a newcomer's RN1 comes when its roster is in the log
        channels.values().forEach(other -> {
            other.lookAt = System.nanoTime();
            other.backoff.forget();
        });
        gateway.acknowledge(host.mailCursor());
    }

    private void failed(Channel channel, SekishoException why) {
        LOG.debug("reading {}: {}", channel.group.map(GroupId::toString).orElse("mailbox"), why.code());
        close(channel);
        channel.backoff.failed(why);
        if (why.code() == ErrorCode.LOG_EXPIRED && channel.group.isPresent()) {
            channel.behindUntil = Optional.of(System.nanoTime() + BEHIND_LOOKS.toNanos());
            host.behind(channel.group.get());
            news.run();
        }
    }

    private static void close(Channel channel) {
        channel.open = false;
        channel.stream.ifPresent(Registration::close);
        channel.stream = Optional.empty();
    }

    /** After the last turn. */
    void close() {
        channels.values().forEach(Receiver::close);
    }
}
