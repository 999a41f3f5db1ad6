// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.search;

import java.util.Collection;
import org.sekisho.searchindex.text.Document;

/** The way in that applications do not have. */
public final class FeedGroupIndex {

    private FeedGroupIndex() {}

    public static void learn(GroupIndex index, Collection<Document> documents) {
        index.learn(documents);
    }
}
