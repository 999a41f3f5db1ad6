// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.client.history.History;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.store.StoreSealer;
import org.sekisho.searchindex.protocol.Allowance;
import org.sekisho.searchindex.protocol.Reading;
import org.sekisho.searchindex.text.Document;
import org.sekisho.testkit.store.MemoryRowStore;

/** Looking texts up for a page of hits, wherever they are. */
class TextsTest {

    private static final int LONG = 400;

    private static Document document(long n) {
        return new Document(Archive.id(n), LeafId.of(new byte[32]), Instant.EPOCH, "x".repeat(LONG));
    }

    /** Otherwise a page could end before it began: without a hit and without a cursor. */
    @Test
    void what_comes_first_is_charged_first_though_it_waits_and_the_others_are_at_hand() {
        var entropy = new SystemEntropy();
        try (StoreSealer sealer = new StoreSealer(SecretBytes.take(entropy.next(32)), entropy)) {
            Archive archive = new Archive(new SearchRows(new MemoryRowStore(), sealer, GroupId.of(new byte[16])));
            List<Octets> asked = new ArrayList<>(List.of(Archive.id(9)));
            for (int n = 8; n > 0; n--) {
                archive.keep(List.of(document(n)));
                asked.add(Archive.id(n));
            }
            Document waiting = document(9);
            var stored = new StoredTexts(TextsTest::none, InstantSource.system());
            try (Reading page = new Texts(null, archive, () -> Map.of(waiting.id(), waiting), stored).reading()) {
                Reading.Looked looked = page.find(asked, new Allowance(200, 3 * LONG + 200));
                assertThat(looked.found()).containsKey(Archive.id(9)).hasSizeBetween(2, 3);
                assertThat(looked.left()).hasSize(asked.size() - looked.found().size());
            }
        }
    }

    private static History none() {
        throw new AssertionError("nothing of the message store was asked for");
    }
}
