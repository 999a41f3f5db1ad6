// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.EpochCommit;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.store.RowTx;
import org.sekisho.crypto.Aead;
import org.sekisho.crypto.VerifyingKey;
import org.sekisho.crypto.message.MessageOpener;
import org.sekisho.crypto.message.MessageScope;
import org.sekisho.crypto.message.SenderContext;
import org.sekisho.crypto.schedule.LiveSecrets;
import org.sekisho.groups.chain.GroupHashes;

/**
 * Epochs of one group opened in memory. What it seals with lives here and nowhere else: dropping this object, or the epoch from
 * it, begins a new incarnation (protocol note F22). Not safe for concurrent use.
 */
final class EpochCache {

    private final MemberIdentity self;
    private final EpochRows rows;
    private final Entropy entropy;
    private final Map<Hash, Opened> opened = new HashMap<>();

    EpochCache(MemberIdentity self, EpochRows rows, Entropy entropy) {
        this.self = self;
        this.rows = rows;
        this.entropy = entropy;
    }

    /** One epoch. */
    final class Opened {

        private final MessageScope scope;
        private final Roster roster;
        private final LiveSecrets secrets;
        private final MessageOpener opener;
        private final Map<LeafId, VerifyingKey> keys = new HashMap<>();
        private Optional<SenderContext> sender = Optional.empty();

        private Opened(MessageScope scope, Roster roster, LiveSecrets secrets) {
            this.scope = scope;
            this.roster = roster;
            this.secrets = secrets;
            this.opener = new MessageOpener(scope, secrets.sender(), Aead.AES_256_GCM);
        }

        LiveSecrets secrets() {
            return secrets;
        }

        MessageOpener opener() {
            return opener;
        }

        /** Empty for a leaf that is not in the epoch's roster. */
        Optional<VerifyingKey> key(LeafId leaf) {
            if (!keys.containsKey(leaf)) {
                roster.entry(leaf).ifPresent(entry -> keys.put(leaf, VerifyingKey.of(entry.idKey())));
            }
            return Optional.ofNullable(keys.get(leaf));
        }

        Octets seal(String contentType, byte[] plaintext) {
            if (sender.isEmpty()) {
                sender = Optional.of(new SenderContext(
                        scope, self.leaf(), secrets.sender(), self.signing()::sign, Aead.AES_256_GCM, entropy));
            }
            return sender.get().seal(contentType, plaintext);
        }

        private void close() {
            sender.ifPresent(SenderContext::close);
            secrets.close();
        }
    }

    /** The active keys of a committed epoch; empty when there are none. */
    Optional<Opened> find(RowTx tx, long number) {
        Optional<SignedCommit> commit = ChainRows.commit(tx, number);
        if (commit.isEmpty()) {
            return Optional.empty();
        }
        EpochCommit body = commit.get().commit();
        Hash header = GroupHashes.of(body.header());
        Optional<EpochRows.Entry> entry = rows.find(tx, number, header).filter(EpochRows.Entry::active);
        if (entry.isEmpty()) {
            drop(header);
            return Optional.empty();
        }
        return Optional.of(opened.computeIfAbsent(
                header,
                h -> new Opened(
                        new MessageScope(new GroupId(tx.scope()), number, GroupHashes.of(body)),
                        ChainRows.roster(tx, body.header().rosterHash()).roster(),
                        rows.open(tx, entry.get()))));
    }

    private void drop(Hash header) {
        Optional.ofNullable(opened.remove(header)).ifPresent(Opened::close);
    }

    /** Erases everything in memory. */
    void clear() {
        opened.values().forEach(Opened::close);
        opened.clear();
    }
}
