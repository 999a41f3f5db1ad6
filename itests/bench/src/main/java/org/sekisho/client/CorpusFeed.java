// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import java.util.Collection;
import org.sekisho.client.search.FeedGroupIndex;
import org.sekisho.searchindex.text.Document;

/** Gives a member's search index the texts of a corpus, as if they had been sent and received: posting each takes too long. */
public final class CorpusFeed {

    private CorpusFeed() {}

    /** Keeps them; own ones wait to be indexed. */
    public static void learn(Group group, Collection<Document> documents) {
        FeedGroupIndex.learn(group.searchIndex(), documents);
    }
}
