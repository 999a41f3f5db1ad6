// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.ConflictException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.crypto.search.CohortKey;
import org.sekisho.searchindex.protocol.ChainFacts.EpochFact;
import org.sekisho.searchindex.protocol.MemberRecords.Outgoing;
import org.sekisho.searchindex.text.Document;
import org.sekisho.searchindex.text.Tokeniser;
import org.sekisho.searchindex.wire.Entry;
import org.sekisho.searchindex.wire.SegmentFile;
import org.sekisho.searchindex.wire.Stand;
import org.sekisho.searchindex.wire.Tombstone;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a member has to tell the index: packs messages that wait into segments, and sends these as they are until they have arrived
 * (protocol note R11). A message leaves the waiting ones only into a segment, or when its source says that it is gone for good. Not
 * safe for concurrent use.
 */
final class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final int BATCH = 16;

    private final MemberIndex.Setting setting;
    private final MemberRecords records;
    private final IndexLog log;
    private final ChainFacts facts;
    private final SegmentWriter writer;
    private final Tokeniser tokeniser;

    Outbox(MemberIndex.Setting setting, IndexLog log, ChainFacts facts, SegmentWriter writer) {
        this.setting = setting;
        this.records = setting.records();
        this.log = log;
        this.facts = facts;
        this.writer = writer;
        this.tokeniser = new Tokeniser(setting.profile(), setting.options().maxTokens());
    }

    /** Indexes what waits and can be had, and sends what was built. Returns the number of messages that left. */
    int flush(Runnable sync) {
        send();
        // once each: what cannot be had now, or was made for a cohort that is over, is for the next time
        List<Octets> waiting = records.waiting();
        if (!waiting.isEmpty()) {
            // what is signed next names the newest log that is known: so forks come out
            sync.run();
        }
        int packed = 0;
        for (int at = 0; at < waiting.size() && ready(); at += BATCH) {
            packed += pack(waiting.subList(at, Math.min(waiting.size(), at + BATCH)));
            send();
        }
        return packed;
    }

    /** Whether something can be written: there is a key for the current cohort. */
    boolean ready() {
        Optional<CohortKey> key = facts.current().flatMap(e -> setting.keys().key(e.cohort()));
        key.ifPresent(CohortKey::close);
        return key.isPresent();
    }

    private int pack(List<Octets> batch) {
        List<Octets> leaving = new ArrayList<>();
        List<Item> items = new ArrayList<>();
        for (Octets message : batch) {
            try {
                Optional<Document> document = setting.messages().find(message);
                document.ifPresent(d -> items.add(item(d)));
                if (document.isPresent() || !setting.messages().later(message)) {
                    leaving.add(message);
                }
            } catch (SekishoException e) {
                // it waits on, and does not hold up the others
                LOG.debug("{} cannot be had now: {}", message, e.code());
            }
        }
        if (items.isEmpty()) {
            records.forgetWaiting(leaving);
            return leaving.size();
        }
        EpochFact epoch = facts.current().orElseThrow();
        var plan = new SegmentWriter.Plan(
                epoch,
                epoch.cohort(),
                0,
                setting.clock().instant().getEpochSecond(),
                setting.profile(),
                setting.powerOfTwo(),
                items,
                List.of(),
                List.of(),
                log.head());
        try (CohortKey key = setting.keys().key(epoch.cohort()).orElseThrow()) {
            SegmentFile file = writer.write(plan, key);
            records.pack(leaving, new Outgoing(file.manifest().segment(), true, file.encode()));
        }
        return leaving.size();
    }

    /** What the index holds of a message. */
    Item item(Document document) {
        return new Item(document.id(), document.minute(), document.sender(), tokeniser.tokens(document));
    }

    private void send() {
        for (Outgoing outgoing : records.outbox()) {
            try {
                if (outgoing.segment()) {
                    setting.remote().publish(SegmentFile.decode(outgoing.bytes()), 0);
                } else {
                    setting.remote().append(outgoing.bytes());
                }
                records.remove(outgoing);
            } catch (ConflictException e) {
                again(outgoing, e);
            }
        }
    }

    /** Made for a cohort that is over: made again from the start, with another identifier. */
    private void again(Outgoing outgoing, ConflictException why) {
        if (why.code() != ErrorCode.STALE_EPOCH && why.code() != ErrorCode.ALREADY_EXISTS) {
            throw why;
        }
        if (!outgoing.segment()) {
            Tombstone old = (Tombstone) Entry.decode(outgoing.bytes()).statement();
            delete(old.message());
            records.remove(outgoing);
            return;
        }
        SegmentFile file = SegmentFile.decode(outgoing.bytes());
        try (CohortKey key = setting.keys().key(file.manifest().keyCohort()).orElseThrow();
                SegmentReader reader = new SegmentReader(file.manifest(), key)) {
            List<Octets> messages = reader.directory(file.directory()).stream()
                    .map(Item::message)
                    .toList();
            records.unpack(outgoing, messages);
        }
    }

    /** Tells everybody that a message was deleted. */
    void delete(Octets message) {
        Entry entry = Entry.of(new Tombstone(stand(), message), setting.signer());
        Outgoing outgoing = new Outgoing(entry.hash().value(), false, entry.encoded());
        records.add(outgoing);
        setting.remote().append(entry.encoded());
        records.remove(outgoing);
    }

    /** Who speaks, and in which epoch. */
    Stand stand() {
        EpochFact epoch =
                facts.current().orElseThrow(() -> new ConflictException(ErrorCode.EPOCH_UNAVAILABLE, "no epoch yet"));
        return new Stand(setting.group(), setting.self(), epoch.epochHash(), epoch.rosterHash());
    }
}
