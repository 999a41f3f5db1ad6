// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.search;

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
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.client.history.History;
import org.sekisho.client.transport.HttpIndex;
import org.sekisho.groups.member.Delivery;
import org.sekisho.groups.member.MemberEvent;
import org.sekisho.groups.member.MemberHost;
import org.sekisho.groups.member.MemberStatus;
import org.sekisho.groups.member.MemberView;
import org.sekisho.searchindex.protocol.Cursor;
import org.sekisho.searchindex.protocol.MemberIndex;
import org.sekisho.searchindex.protocol.MessageSource;
import org.sekisho.searchindex.protocol.SearchPage;
import org.sekisho.searchindex.text.Document;
import org.sekisho.searchindex.text.Query;
import org.sekisho.searchindex.wire.Entry;

/** One group's search index in this session. Safe for many threads. */
public final class GroupIndex {

    /** Messages that wait beyond which they are indexed at once. */
    private static final int BATCH = 16;

    private static final int COMPACTIONS = 4;
    private static final int PENDING = 10_000;

    private final GroupId group;
    private final MemberHost host;
    private final HttpIndex remote;
    private final InstantSource clock;
    private final Archive archive;
    private final StoredTexts stored;
    private final StoredRecords records;
    private final SearchKeys keys;
    private final MemberIndex index;
    private Optional<GroupFacts> facts = Optional.empty();
    private long factsEpoch = -1;
    private long publishAt;

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
        this.archive = new Archive(rows);
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
                new Texts(),
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

    /** In the archive, in the group's message store, or not handed to the application yet. */
    private final class Texts implements MessageSource {

        @Override
        public Optional<Document> find(Octets id) {
            return Optional.ofNullable(find(List.of(id)).get(id));
        }

        @Override
        public Map<Octets, Document> find(Collection<Octets> ids) {
            Map<Octets, Document> found = archive.find(ids);
            found.putAll(stored.find(ids));
            if (ids.stream().anyMatch(id -> !found.containsKey(id) && Archive.isPosted(id))) {
                pending().forEach((id, document) -> {
                    if (ids.contains(id)) {
                        found.putIfAbsent(id, document);
                    }
                });
            }
            return found;
        }
    }

    /** What waits for an application that does not listen. */
    private Map<Octets, Document> pending() {
        Map<Octets, Document> found = new HashMap<>();
        for (Delivery delivery : host.deliveries(group, PENDING)) {
            if (delivery.event() instanceof MemberEvent.Message m && isText(m.contentType())) {
                Octets id = Archive.id(m.n());
                found.put(
                        id,
                        new Document(
                                id, m.sender(), clock.instant(), m.plaintext().asUtf8()));
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

    /** Indexes an own text that the message store has. */
    public void stored(MessageId message, Instant at, String contentType, byte[] content) {
        if (isText(contentType) && content.length > 0 && content.length <= History.WHOLE) {
            stored.keep(new Document(
                    message.value(), host.leaf(), at, Octets.of(content).asUtf8()));
            records.addWaiting(List.of(message.value()));
        }
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
        if (!records.waiting().isEmpty() || !records.outbox().isEmpty()) {
            keys.collect(facts());
            index.flush();
        }
    }

    /** Tells everybody that a message was deleted. */
    public void delete(Octets message) {
        stored.forget(message);
        index.delete(message);
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
        MemberView view = host.view(group);
        if (view.status() != MemberStatus.MEMBER || !view.keyed()) {
            return;
        }
        keys.collect(facts());
        keys.upkeep(facts(), clock.millis() >= publishAt);
        if (flushNow || records.waiting().size() >= BATCH) {
            flush();
        }
        for (int i = 0; compactNow && i < COMPACTIONS && compact(); i++) {
            // a few pieces in each round: the rest next time
        }
    }
}
