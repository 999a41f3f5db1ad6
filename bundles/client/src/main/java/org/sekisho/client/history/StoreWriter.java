// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.history;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.ConflictException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.messagestore.Deposit;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.api.messagestore.MessageMeta;
import org.sekisho.api.messagestore.StoredMessage;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.client.transport.StoreGateway;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.crypto.pre.EpochScalar;
import org.sekisho.crypto.pre.StoredSeal;
import org.sekisho.groups.member.MemberIdentity;

/**
 * Seals messages for the store. Each names the one before, so the place of a message among its author's is noted before it is
 * sent, and settled before the next one: a lost answer makes neither a gap nor a fork. One message at a time.
 */
final class StoreWriter {

    private static final Octets PLACE = Octets.utf8("q");

    private final GroupId group;
    private final MemberIdentity self;
    private final GroupKeys keys;
    private final StoreGateway gateway;
    private final RowStore rows;
    private final Entropy entropy;

    StoreWriter(
            GroupId group, MemberIdentity self, GroupKeys keys, StoreGateway gateway, RowStore rows, Entropy entropy) {
        this.group = group;
        this.self = self;
        this.keys = keys;
        this.gateway = gateway;
        this.rows = rows;
        this.entropy = entropy;
    }

    /** Where this author is: {@code [1, seq, hash|null, open id|null, open hash|null]}. */
    private record Place(long seq, Optional<Hash> hash, Optional<MessageId> open, Optional<Hash> openHash) {

        static final Place FIRST = new Place(0, Optional.empty(), Optional.empty(), Optional.empty());

        Octets encode() {
            return Cbor.encode(1, seq, hash, open.map(MessageId::value), openHash);
        }

        static Place decode(Octets value) {
            var r = new CborReader(value);
            r.struct(1, 5);
            var place = new Place(
                    r.uint(Long.MAX_VALUE),
                    r.optional(CborReader::hash),
                    r.optional(in -> new MessageId(in.octetsOf(MessageId.SIZE))),
                    r.optional(CborReader::hash));
            r.end();
            return place;
        }

        Place settled(boolean stored) {
            return stored
                    ? new Place(seq + 1, openHash, Optional.empty(), Optional.empty())
                    : new Place(seq, hash, Optional.empty(), Optional.empty());
        }
    }

    /** What is said of a message before its content. */
    record Text(Instant sentAt, String contentType, long length) {}

    /** Stores what {@code plain} gives, as long as {@code text} says; in constant memory. */
    synchronized StoredMessage store(long epoch, Text text, InputStream plain, Depositing depositing)
            throws IOException {
        Place place = settle(epoch, depositing);
        EpochView origin = keys.epoch(epoch).orElseThrow(() -> unavailable(epoch));
        long cohort = origin.header().cohort();
        try (EpochScalar scalar = keys.scalar(cohort, epoch).orElseThrow(() -> unavailable(epoch));
                StoredSeal seal = new StoredSeal(
                        new StoredSeal.Origin(
                                group,
                                cohort,
                                origin.epochHash(),
                                origin.header().rosterHash()),
                        new StoredSeal.Turn(self.leaf(), place.seq() + 1, place.hash()),
                        new StoredSeal.Body(text.sentAt(), text.contentType(), text.length()),
                        scalar,
                        entropy)) {
            List<Octets> inline = chunks(seal, plain);
            StoredSeal.Signed signed = seal.finish(self.signing());
            MessageId id = seal.meta().message();
            depositing.begins(id, seal.meta().sentAt());
            try {
                save(new Place(place.seq(), place.hash(), Optional.of(id), Optional.of(signed.hash())));
                StoredMessage stored = gateway.deposit(
                        group,
                        new Deposit(
                                seal.encodedMeta(),
                                signed.signature(),
                                signed.hashes(),
                                epoch,
                                seal.header().bytes(),
                                inline));
                depositing.settled(id, true);
                save(new Place(place.seq() + 1, Optional.of(signed.hash()), Optional.empty(), Optional.empty()));
                return stored;
            } finally {
                depositing.ends(id);
            }
        }
    }

    private List<Octets> chunks(StoredSeal seal, InputStream plain) throws IOException {
        MessageMeta meta = seal.meta();
        List<Octets> inline = new ArrayList<>();
        for (int i = 0; i < meta.chunks(); i++) {
            byte[] part = plain.readNBytes(meta.sealedSize(i) - MessageMeta.CHUNK_OVERHEAD);
            if (part.length + MessageMeta.CHUNK_OVERHEAD != meta.sealedSize(i)) {
                throw new RejectedException(ErrorCode.MALFORMED, "the content is shorter than announced");
            }
            Octets chunk = seal.chunk(part, part.length);
            if (meta.chunks() <= Deposit.MAX_INLINE) {
                inline.add(chunk);
            } else {
                gateway.upload(group, meta.message(), i, i == meta.chunks() - 1, chunk);
            }
        }
        return inline;
    }

    /** Finds out what became of a message whose deposit was not answered. */
    private Place settle(long epoch, Depositing depositing) {
        Place place = rows.read(group.value(), this::place);
        if (place.open().isEmpty()) {
            return place;
        }
        boolean stored;
        try {
            gateway.message(group, place.open().get(), epoch);
            stored = true;
        } catch (NotFoundException e) {
            stored = false;
        }
        depositing.settled(place.open().get(), stored);
        Place settled = place.settled(stored);
        save(settled);
        return settled;
    }

    private Place place(RowTx tx) {
        return tx.get(Table.STORE, PLACE).map(Place::decode).orElse(Place.FIRST);
    }

    private void save(Place place) {
        rows.transact(group.value(), tx -> {
            tx.put(Table.STORE, PLACE, place.encode());
            return null;
        });
    }

    private static ConflictException unavailable(long epoch) {
        return new ConflictException(ErrorCode.EPOCH_UNAVAILABLE, "no keys of epoch " + epoch);
    }
}
