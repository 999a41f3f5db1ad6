// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.history;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Page;
import org.sekisho.api.Registration;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.messagestore.JobView;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.api.messagestore.StoredMessage;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.store.RowStore;
import org.sekisho.client.transport.StoreGateway;
import org.sekisho.crypto.store.StoreSealer;
import org.sekisho.groups.engine.HostClock;
import org.sekisho.groups.member.MemberHost;
import org.sekisho.groups.member.MemberIdentity;
import org.sekisho.groups.member.MemberVault;
import org.sekisho.groups.member.StoreRoots;

/**
 * The stored history of one group, as one member. Safe for many threads.
 *
 * <p>Guarantees: what is shown as READABLE was written by the member it names, in the epoch and place it says, and not changed;
 * what does not open or hold is shown as what it is, never left out. Does not guarantee that the gateway shows everything.
 */
public final class History implements AutoCloseable {

    /** Longest content that is read with its entry, in octets; longer ones are copied. */
    public static final int WHOLE = 1 << 20;

    /** How long one member waits for the one before it to submit a token. */
    public static final Duration TURN = Duration.ofSeconds(5);

    private static final int PAGE = 200;

    private final GroupId group;
    private final MemberHost host;
    private final HostClock clock;
    private final StoreGateway gateway;
    private final GroupKeys keys;
    private final StoreWriter writer;
    private final HistoryKeeper keeper;
    private final StoreSealer sealer;
    private final JobWatches watches;
    private long seenEpoch;
    private long seenAt;

    /** What a history stands on. */
    public record Ground(
            MemberIdentity self,
            MemberHost host,
            MemberVault vault,
            RowStore rows,
            SecretBytes storeKey,
            StoreGateway gateway,
            HostClock clock,
            Entropy entropy,
            Consumer<String> alarm) {}

    public History(GroupId group, Ground ground) {
        this(group, ground, new JobWatches());
    }

    /** Takes part in a bounded number of watches over jobs, which end with {@code watches}. */
    History(GroupId group, Ground ground, JobWatches watches) {
        this.group = group;
        this.watches = watches;
        this.host = ground.host();
        this.clock = ground.clock();
        this.gateway = ground.gateway();
        this.sealer = new StoreSealer(ground.storeKey(), ground.entropy());
        StoreRoots roots = new StoreRoots(ground.vault());
        this.keys = new GroupKeys(group, host, roots, ground.rows(), sealer);
        this.writer = new StoreWriter(group, ground.self(), keys, gateway, ground.rows(), ground.entropy());
        this.keeper = new HistoryKeeper(
                group,
                ground.self(),
                host,
                roots,
                keys,
                gateway,
                new UnneededRoots(group, roots, ground.rows(), clock),
                ground.alarm());
    }

    /** Stores a message; returns when the gateway has it durably. Errors as the store's, STALE_EPOCH among them. */
    public StoredMessage store(String contentType, byte[] content) {
        return store(contentType, content, Depositing.UNWATCHED);
    }

    /** As {@link #store(String, byte[])}, followed. */
    public StoredMessage store(String contentType, byte[] content, Depositing depositing) {
        return store(contentType, new ByteArrayInputStream(content), content.length, depositing);
    }

    /** Stores what a stream gives, in constant memory. */
    public StoredMessage store(String contentType, InputStream content, long length) {
        return store(contentType, content, length, Depositing.UNWATCHED);
    }

    private StoredMessage store(String contentType, InputStream content, long length, Depositing depositing) {
        var text = new StoreWriter.Text(clock.now(), contentType, length);
        try {
            return writer.store(host.view(group).epoch(), text, content, depositing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Messages sent between two times, by their senders' clocks, in the order of their deposit. Fetched page by page as they are
     * asked for; what cannot be verified is never filtered out, since its time is nobody's word.
     */
    public Entries between(Instant from, Instant to) {
        return new Entries(from, to);
    }

    /** All of it. */
    public Entries all() {
        return between(Instant.MIN, Instant.MAX);
    }

    /** For looking up messages of which the identifiers are known; close it. */
    public Finder finder() {
        long epoch = host.view(group).epoch();
        return new Finder(
                () -> new StoreReader(group, keys, gateway), message -> gateway.message(group, message, epoch));
    }

    /** Writes a message's content as it comes, chunk by chunk, each checked before it is written. */
    public void copy(MessageId message, OutputStream to) throws IOException {
        try (StoreReader reader = new StoreReader(group, keys, gateway)) {
            reader.copy(gateway.message(group, message, host.view(group).epoch()), to);
        }
    }

    /** Deletes an own message; an administrator any. */
    public void delete(MessageId message) {
        gateway.delete(group, message);
    }

    /** Lets a member read what was stored in a cohort before it came; on the record. */
    public void grant(long cohort, LeafId grantee) {
        keeper.grant(cohort, grantee);
    }

    /** Jobs that turn headers just now, and of late. */
    public List<JobView> jobs() {
        return gateway.jobs(group);
    }

    /**
     * Jobs as they move on: each newest one at once, then whenever its state or number of headers changes. On a thread of its own,
     * over a stream that is opened again when it breaks; until closed. RejectedException, LIMIT_EXCEEDED: {@value JobWatches#MOST} are
     * open in this session.
     */
    public Registration onJob(Consumer<JobView> listener) {
        return watches.start(group, gateway, listener);
    }

    /** One look at what the store needs of this member; call it now and then, soon again when it says that more is to do. */
    public synchronized boolean tend() {
        long epoch = host.view(group).epoch();
        if (epoch != seenEpoch) {
            seenEpoch = epoch;
            seenAt = clock.lived();
        }
        return keeper.tend((clock.lived() - seenAt) / TURN.toMillis());
    }

    @Override
    public void close() {
        sealer.close();
    }

    /** Walks over messages; close it. One thread. */
    public final class Entries implements Iterator<HistoryEntry>, Iterable<HistoryEntry>, AutoCloseable {

        private final Instant from;
        private final Instant to;
        private final StoreReader reader = new StoreReader(group, keys, gateway);
        private final long epoch = host.view(group).epoch();
        private final Deque<StoredMessage> page = new ArrayDeque<>();
        private Optional<String> cursor = Optional.empty();
        private boolean last;
        private Optional<HistoryEntry> next = Optional.empty();

        Entries(Instant from, Instant to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public boolean hasNext() {
            while (next.isEmpty()) {
                if (page.isEmpty() && !fetch()) {
                    return false;
                }
                if (!page.isEmpty()) {
                    next = Optional.of(reader.read(page.remove(), meta -> meta.plainLength() <= WHOLE))
                            .filter(this::within);
                }
            }
            return true;
        }

        private boolean fetch() {
            if (last) {
                return false;
            }
            Page<StoredMessage> fetched = gateway.list(group, epoch, cursor, PAGE);
            page.addAll(fetched.items());
            cursor = fetched.next();
            last = cursor.isEmpty();
            return true;
        }

        private boolean within(HistoryEntry entry) {
            boolean vouched = entry.state() != HistoryEntry.State.FORGED;
            return !vouched
                    || entry.sentAt()
                            .map(at -> !at.isBefore(from) && at.isBefore(to))
                            .orElse(true);
        }

        @Override
        public HistoryEntry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            HistoryEntry entry = next.orElseThrow();
            next = Optional.empty();
            return entry;
        }

        @Override
        public Iterator<HistoryEntry> iterator() {
            return this;
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
