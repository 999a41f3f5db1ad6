// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.search;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.client.history.Depositing;
import org.sekisho.client.history.Finder;
import org.sekisho.client.history.History;
import org.sekisho.client.history.HistoryEntry;
import org.sekisho.client.transport.HttpIndex;
import org.sekisho.groups.member.Delivery;
import org.sekisho.groups.member.MemberEvent;
import org.sekisho.groups.member.MemberHost;
import org.sekisho.groups.member.MemberStatus;
import org.sekisho.groups.member.MemberView;
import org.sekisho.searchindex.protocol.Cursor;
import org.sekisho.searchindex.protocol.MemberIndex;
import org.sekisho.searchindex.protocol.SearchOptions;
import org.sekisho.searchindex.protocol.SearchPage;
import org.sekisho.searchindex.text.Document;
import org.sekisho.searchindex.text.Query;
import org.sekisho.searchindex.wire.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One group's search index in this session. Safe for many threads. */
public final class GroupIndex {

    /** Messages that wait beyond which they are indexed at once. */
    private static final int BATCH = 16;

    private static final int COMPACTIONS = 4;
    private static final int PENDING = 10_000;
    private static final int PENDING_PAGE = 20;

    /** How long it is not asked again what became of a deposit. */
    private static final Duration SETTLE = Duration.ofMinutes(1);

    /** A deposit that the store does not have after this time never comes. */
    private static final Duration DOUBT = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(GroupIndex.class);

    private final GroupId group;
    private final MemberHost host;
    private final HttpIndex remote;
    private final InstantSource clock;
    private final Supplier<History> history;
    private final Archive archive;
    private final OwnTexts own;
    private final StoredTexts stored;
    private final StoredRecords records;
    private final SearchKeys keys;
    private final MemberIndex index;
    private Optional<GroupFacts> facts = Optional.empty();
    private long factsEpoch = -1;
    private long publishAt;
    private volatile long settleAt;

    /** What waited on after the last round: it is not to be had now. */
    private volatile int left;

    GroupIndex(
            GroupId group,
            MemberHost host,
            HttpIndex remote,
            Supplier<History> history,
            SearchRows rows,
            Entry.Signer signer,
            Entropy entropy,
            InstantSource clock,
            SearchSettings settings) {
        this.group = group;
        this.host = host;
        this.remote = remote;
        this.clock = clock;
        this.history = history;
        this.archive = new Archive(rows);
        this.own = new OwnTexts(rows);
        this.stored = new StoredTexts(history, clock);
        this.records = new StoredRecords(rows);
        this.keys = new SearchKeys(group, host, remote, rows, entropy, signer);
        this.index = new MemberIndex(new MemberIndex.Setting(
                group,
                host.leaf(),
                signer,
                entropy,
                clock,
                this::facts,
                keys,
                remote,
                new Texts(own, archive, this::pending, stored),
                records,
                settings.profile(),
                settings.powersOfTwo(),
                settings.options()));
    }

    private synchronized GroupFacts facts() {
        long epoch = host.view(group).epoch();
        if (epoch != factsEpoch) {
            facts = Optional.of(GroupFacts.of(host, group));
            factsEpoch = epoch;
            publishAt = clock.millis() + wait(facts.get());
        }
        return facts.orElseThrow();
    }

    /** Members publish the ring one after the other, two seconds apart, unless one has. */
    private long wait(GroupFacts now) {
        return now.current()
                .map(e -> {
                    int place = 0;
                    while (place < e.roster().entries().size()
                            && !e.roster().entries().get(place).leaf().equals(host.leaf())) {
                        place++;
                    }
                    return 2000L * place;
                })
                .orElse(0L);
    }

    /** What waits for an application that does not listen: the first {@value #PENDING} events, and so many octets of texts. */
    private Map<Octets, Document> pending() {
        Map<Octets, Document> found = new HashMap<>();
        long octets = 0;
        long after = 0;
        for (int seen = 0; seen < PENDING && octets < SearchOptions.OCTETS; seen += PENDING_PAGE) {
            List<Delivery> page = host.deliveries(group, after, PENDING_PAGE);
            for (Delivery delivery : page) {
                after = delivery.n();
                if (delivery.event() instanceof MemberEvent.Message m && isText(m.contentType())) {
                    Octets id = Archive.id(m.n());
                    found.put(
                            id,
                            new Document(
                                    id,
                                    m.sender(),
                                    clock.instant(),
                                    m.plaintext().asUtf8()));
                    octets += m.plaintext().size();
                }
            }
            if (page.size() < PENDING_PAGE) {
                break;
            }
        }
        return found;
    }

    static boolean isText(String contentType) {
        return contentType.startsWith("text/");
    }

    /** Keeps a received text before the application has it. */
    void received(MemberEvent.Message m) {
        if (isText(m.contentType())) {
            archive.keep(m.n(), m.sender(), clock.instant(), m.plaintext().asUtf8());
        }
    }

    /** Keeps and indexes an own text that the gateway has at position {@code n}. */
    public void sent(long n, String contentType, byte[] content) {
        if (isText(contentType)) {
            archive.keep(n, host.leaf(), clock.instant(), Octets.of(content).asUtf8());
            records.addWaiting(List.of(Archive.id(n)));
        }
    }

    /** Follows an own message into the message store; a text is indexed when that has it, over crashes and lost answers. */
    public Depositing storing(String contentType, byte[] content) {
        boolean indexed = isText(contentType) && content.length > 0 && content.length <= History.WHOLE;
        return new Depositing() {
            @Override
            public void begins(MessageId message, Instant sentAt) {
                if (indexed) {
                    String text = Octets.of(content).asUtf8();
                    own.begin(new Document(message.value(), host.leaf(), sentAt, text));
                }
            }

            @Override
            public void settled(MessageId message, boolean has) {
                own.settle(message.value(), has).filter(text -> has).ifPresent(stored::keep);
            }

            @Override
            public void ends(MessageId message) {
                own.end(message.value());
            }
        };
    }

    /** Keeps texts that are known otherwise than by the log; this participant's own are indexed. */
    void learn(Collection<Document> documents) {
        archive.keep(documents);
        records.addWaiting(documents.stream()
                .filter(document -> document.sender().equals(host.leaf()))
                .map(Document::id)
                .toList());
    }

    /** Messages that match and that this participant has, the newest first. */
    public SearchPage search(Query query, int limit, Optional<Cursor> before) {
        GroupFacts now = facts();
        keys.collect(now);
        keys.upkeep(now, true);
        flush();
        return index.search(query, limit, before);
    }

    /** Indexes what waits. */
    public void flush() {
        boolean settled = settle();
        if (settled || !records.waiting().isEmpty() || !records.outbox().isEmpty()) {
            keys.collect(facts());
            index.flush();
            left = records.waiting().size();
        }
    }

    /** Finds out, now and then, what became of stored texts whose deposit was not answered. Whether something waits now. */
    private boolean settle() {
        List<Document> doubtful = clock.millis() < settleAt ? List.of() : own.doubtful();
        if (doubtful.isEmpty()) {
            return false;
        }
        settleAt = clock.millis() + SETTLE.toMillis();
        boolean any = false;
        try (Finder finder = history.get().finder()) {
            for (Document document : doubtful) {
                Optional<HistoryEntry> entry = finder.find(new MessageId(document.id()), meta -> false);
                boolean has = entry.filter(e -> e.state() != HistoryEntry.State.DELETED)
                        .isPresent();
                boolean over = document.sentAt().isBefore(clock.instant().minus(DOUBT));
                if (entry.isPresent() || over) {
                    own.settle(document.id(), has);
                    any |= has;
                }
            }
        } catch (SekishoException e) {
            LOG.debug("what became of {} stored texts of {} is not known: {}", doubtful.size(), group, e.code());
        }
        return any;
    }

    /** Tells everybody that a message was deleted. */
    public void delete(Octets message) {
        stored.forget(message);
        index.delete(message);
        records.forgetWaiting(List.of(message));
    }

    /** Merges or audits, if there is something to. Returns whether there was. */
    public boolean compact() {
        return index.audit() || index.compact();
    }

    public HttpIndex remote() {
        return remote;
    }

    /** One round of the background thread. */
    void tick(boolean flushNow, boolean compactNow) {
        stored.forgetOld();
        MemberView view = host.view(group);
        if (view.status() != MemberStatus.MEMBER || !view.keyed()) {
            return;
        }
        keys.collect(facts());
        keys.upkeep(facts(), clock.millis() >= publishAt);
        if (flushNow || records.waiting().size() >= left + BATCH) {
            flush();
        }
        for (int i = 0; compactNow && i < COMPACTIONS && compact(); i++) {
            // a few pieces in each round: the rest next time
        }
    }
}
