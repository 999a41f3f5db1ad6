// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.Caller;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.Limit;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.SigningKey;
import org.sekisho.searchindex.protocol.Hit;
import org.sekisho.searchindex.protocol.Keyring;
import org.sekisho.searchindex.protocol.MemberIndex;
import org.sekisho.searchindex.protocol.MemberRecords;
import org.sekisho.searchindex.protocol.SearchOptions;
import org.sekisho.searchindex.protocol.SearchPage;
import org.sekisho.searchindex.text.Document;
import org.sekisho.searchindex.text.QueryParser;

/** A member of a {@link TestGroup}. */
final class TestMember {

    final TestGroup group;
    final String name;
    final SigningKey key;
    final LeafId leaf;
    final Keyring keyring;
    final Caller caller;
    private Optional<MemberIndex> index = Optional.empty();

    TestMember(TestGroup group, String name, SigningKey key) {
        this.group = group;
        this.name = name;
        this.key = key;
        this.leaf = new LeafId(Sha256.hash(Octets.utf8(name)).value());
        this.keyring = new Keyring(group.id);
        this.caller = Caller.participant(name, leaf);
        Limit.atMost("name", name.length(), 64);
    }

    void receiveRing(TestMember from) {
        try (SecretBytes ring = from.keyring.ring()) {
            keyring.absorb(ring);
        }
    }

    MemberIndex index() {
        if (index.isEmpty()) {
            index = Optional.of(fresh());
        }
        return index.get();
    }

    /** Without anything remembered but keys. */
    MemberIndex fresh() {
        return fresh(group.between.apply(new RemoteGateway(group, caller)), group.options, MemberRecords.inMemory());
    }

    MemberIndex fresh(RemoteGateway remote, SearchOptions options, MemberRecords records) {
        return new MemberIndex(new MemberIndex.Setting(
                group.id,
                leaf,
                key::sign,
                group.entropy,
                () -> group.now,
                () -> group.facts,
                keyring,
                remote,
                group.source.orElse(m -> Optional.ofNullable(group.messages.get(m))),
                records,
                group.profile,
                false,
                options));
    }

    Document write(String text) {
        Document document = compose(text, group.now);
        index().add(List.of(document.id()));
        index().flush();
        return document;
    }

    /** Sends without indexing. */
    Document compose(String text, Instant at) {
        Document document = new Document(Octets.of(group.entropy.next(16)), leaf, at, text);
        group.messages.put(document.id(), document);
        return document;
    }

    SearchPage page(String query, int limit) {
        return index().search(QueryParser.parse(query), limit, Optional.empty());
    }

    /** Texts of all hits. */
    List<String> find(String query) {
        return page(query, 500).hits().stream()
                .map(Hit::document)
                .map(Document::text)
                .toList();
    }
}
