// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.history;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.messagestore.KeptStatement;
import org.sekisho.api.messagestore.MessageMeta;
import org.sekisho.api.messagestore.SignedStatement;
import org.sekisho.api.messagestore.Statement;
import org.sekisho.api.messagestore.StoredMessage;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.client.history.HistoryEntry.Order;
import org.sekisho.client.transport.StoreGateway;
import org.sekisho.codec.store.MetaCodec;
import org.sekisho.codec.store.StatementCodec;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.VerifyingKey;
import org.sekisho.crypto.pre.EpochScalar;
import org.sekisho.crypto.pre.StoredOpener;

/**
 * Reads stored messages and checks everything about them: the epoch they name is on this member's own chain, its roster has the
 * sender, its cohort is theirs, the sender signed meta and body, the chunks are those, and the header opens to the key that was
 * committed (protocol notes F1, F13). One thread; keeps the scalars it derived until closed.
 */
final class StoreReader implements AutoCloseable {

    private static final int RANGE = 16;

    private final GroupId group;
    private final GroupKeys keys;
    private final StoreGateway gateway;
    private final List<EpochView> ascending;
    private final Map<Hash, EpochView> epochs = new HashMap<>();
    private final Map<List<Long>, Optional<EpochScalar>> scalars = new HashMap<>();
    private final Map<Hash, org.sekisho.api.group.Roster> rosters = new HashMap<>();
    private final Map<LeafId, Long> lastSeen = new HashMap<>();
    private final AuthorOrder order;

    StoreReader(GroupId group, GroupKeys keys, StoreGateway gateway) {
        this.group = group;
        this.keys = keys;
        this.gateway = gateway;
        this.order = new AuthorOrder(keys::entitled);
        this.ascending = keys.epochs();
        ascending.forEach(view -> epochs.put(view.epochHash(), view));
        readLastSeen();
    }

    /** Statements count when a member of the roster after the removal signed them; the lowest number wins. */
    private void readLastSeen() {
        long after = 0;
        List<KeptStatement> page;
        while (!(page = gateway.statements(group, after, 500)).isEmpty()) {
            for (KeptStatement kept : page) {
                if (kept.n() <= after) {
                    throw SekishoException.of(ErrorCode.MALFORMED, "statements out of order");
                }
                after = kept.n();
                SignedStatement signed = StatementCodec.decodeSigned(kept.statement());
                if (signed.statement() instanceof Statement.LastSeen seen && holds(seen, signed)) {
                    lastSeen.merge(seen.removed(), seen.senderSeq(), Math::min);
                }
            }
            if (page.size() < 500) {
                return;
            }
        }
    }

    /**
     * Whether a member of an epoch signed it that the removed one was no longer in. So nobody says this of a member, and no former
     * member of those who were removed after itself.
     */
    private boolean holds(Statement.LastSeen seen, SignedStatement signed) {
        boolean there = false;
        boolean vouched = false;
        for (EpochView view : ascending) {
            Optional<org.sekisho.api.group.Roster> roster = roster(view.header().rosterHash());
            boolean in = roster.filter(r -> r.contains(seen.removed())).isPresent();
            if (in) {
                there = true;
                vouched = false;
            } else if (there && !vouched) {
                vouched = roster.flatMap(r -> r.entry(seen.by()))
                        .filter(by -> VerifyingKey.of(by.idKey())
                                .verify(StatementCodec.label(seen), signed.encoded(), signed.signature()))
                        .isPresent();
            }
        }
        return vouched && seen.group().equals(group);
    }

    private Optional<org.sekisho.api.group.Roster> roster(Hash hash) {
        if (!rosters.containsKey(hash)) {
            keys.roster(hash).ifPresent(roster -> rosters.put(hash, roster));
        }
        return Optional.ofNullable(rosters.get(hash));
    }

    /** What can be said of a message, told of all in the order of their deposit; with its content when that opens and is wanted. */
    HistoryEntry read(StoredMessage message, Predicate<MessageMeta> wanted) {
        if (message.content().isEmpty()) {
            order.deleted(message.hash());
            return entry(message, Optional.empty(), HistoryEntry.State.DELETED, Order.UNKNOWN, Optional.empty());
        }
        StoredMessage.Content content = message.content().get();
        MessageMeta meta;
        try {
            meta = MetaCodec.decode(content.meta());
        } catch (RejectedException e) {
            return entry(message, Optional.empty(), HistoryEntry.State.FORGED, Order.UNKNOWN, Optional.empty());
        }
        HistoryEntry.State state = state(message, content, meta);
        Order place =
                state == HistoryEntry.State.FORGED ? Order.UNKNOWN : order.place(meta, StoredOpener.hash(content));
        boolean opens = state == HistoryEntry.State.READABLE || state == HistoryEntry.State.UNVERIFIED_AFTER_REMOVAL;
        if (!opens || !wanted.test(meta)) {
            return entry(message, Optional.of(meta), state, place, Optional.empty());
        }
        try {
            var out = new ByteArrayOutputStream((int) meta.plainLength());
            copy(message, out);
            return entry(message, Optional.of(meta), state, place, Optional.of(out.toByteArray()));
        } catch (AuthenticationFailedException e) {
            return entry(message, Optional.of(meta), HistoryEntry.State.FORGED, place, Optional.empty());
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
    }

    private HistoryEntry.State state(StoredMessage message, StoredMessage.Content content, MessageMeta meta) {
        Optional<RosterEntry> author = author(meta);
        boolean signed = meta.group().equals(group)
                && meta.message().equals(message.message())
                && content.hashes().size() == meta.chunks()
                && author.isPresent()
                && StoredOpener.signed(content, VerifyingKey.of(author.get().idKey()));
        if (!signed) {
            return HistoryEntry.State.FORGED;
        }
        Optional<EpochScalar> scalar = scalar(meta.cohort(), content.headerEpoch());
        if (scalar.isEmpty()) {
            return HistoryEntry.State.PENDING_REENCRYPTION;
        }
        if (!StoredOpener.opens(meta, scalar.get(), content.header())) {
            return HistoryEntry.State.HEADER_CORRUPT;
        }
        return meta.senderSeq() > lastSeen.getOrDefault(meta.sender(), Long.MAX_VALUE)
                ? HistoryEntry.State.UNVERIFIED_AFTER_REMOVAL
                : HistoryEntry.State.READABLE;
    }

    /** The sender as the roster of the epoch it names has it, if that epoch is on our chain and all of it fits (F13). */
    private Optional<RosterEntry> author(MessageMeta meta) {
        EpochView origin = epochs.get(meta.originEpochHash());
        if (origin == null
                || !origin.header().rosterHash().equals(meta.rosterHash())
                || origin.header().cohort() != meta.cohort()) {
            return Optional.empty();
        }
        return roster(meta.rosterHash()).flatMap(roster -> roster.entry(meta.sender()));
    }

    private Optional<EpochScalar> scalar(long cohort, long epoch) {
        return scalars.computeIfAbsent(List.of(cohort, epoch), k -> keys.scalar(cohort, epoch));
    }

    /**
     * Writes the content of a message as it comes, chunk by chunk, each checked before it is written.
     *
     * @throws AuthenticationFailedException when something about it does not hold
     */
    void copy(StoredMessage message, OutputStream to) throws IOException {
        StoredMessage.Content content = message.content().orElseThrow(AuthenticationFailedException::new);
        MessageMeta meta = MetaCodec.decode(content.meta());
        RosterEntry author = author(meta).orElseThrow(AuthenticationFailedException::new);
        EpochScalar scalar =
                scalar(meta.cohort(), content.headerEpoch()).orElseThrow(AuthenticationFailedException::new);
        try (StoredOpener opener = StoredOpener.open(content, VerifyingKey.of(author.idKey()), scalar)) {
            Iterator<Octets> page = content.chunks().iterator();
            for (int i = 0; i < meta.chunks(); i++) {
                if (!page.hasNext()) {
                    page = gateway.chunks(group, message.message(), i, RANGE).iterator();
                }
                if (!page.hasNext()) {
                    throw new AuthenticationFailedException();
                }
                to.write(opener.chunk(page.next()));
            }
        }
    }

    private static HistoryEntry entry(
            StoredMessage message,
            Optional<MessageMeta> meta,
            HistoryEntry.State state,
            Order order,
            Optional<byte[]> content) {
        return new HistoryEntry(
                message.n(),
                message.message(),
                meta.map(MessageMeta::sender),
                meta.map(MessageMeta::sentAt),
                meta.map(MessageMeta::contentType).orElse(""),
                state,
                order,
                content);
    }

    @Override
    public void close() {
        scalars.values().forEach(scalar -> scalar.ifPresent(EpochScalar::close));
    }
}
