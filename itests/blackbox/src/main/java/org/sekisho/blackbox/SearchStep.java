// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.io.PrintStream;
import java.util.List;
import org.sekisho.api.GroupId;
import org.sekisho.api.SekishoException;
import org.sekisho.client.SearchHit;
import org.sekisho.client.SearchResult;

/** The part of the demonstration that searches: in English and Japanese, before and after somebody was removed. */
final class SearchStep {

    static final List<Conversation.Line> BEFORE = List.of(
            new Conversation.Line("alice", "島根へ行くなら、出雲大社の近くで海鮮が食べたいと思っています。"),
            new Conversation.Line("bob", "出雲にある大きな神社は混みますか? 海鮮丼のお店も探しているところです。"),
            new Conversation.Line("carol", "The night train to Matsue leaves at noon from platform four."));

    static final List<Conversation.Line> AFTER = List.of(
            new Conversation.Line("alice", "出雲大社の前のお店、海鮮がとてもおいしかったです。また行きましょう。"),
            new Conversation.Line("bob", "Which platform does the train back from Matsue leave from?"));

    private static final int LIMIT = 20;

    private final PrintStream out;
    private final GroupId group;

    SearchStep(PrintStream out, GroupId group) {
        this.out = out;
        this.group = group;
    }

    void before(List<Person> present, Person reader) {
        present.forEach(p -> p.group(group).index());
        find(reader, "出雲大社 AND 海鮮", 1);
        find(reader, "platform train", 1);
        find(reader, "\"noon from\" OR 神社", 2);
    }

    void after(List<Person> present, Person reader, Person newcomer, Person removed) {
        present.forEach(p -> p.group(group).index());
        find(reader, "出雲大社 AND 海鮮", 2);
        find(reader, "platform train", 2);
        find(newcomer, "platform train", 1);
        while (reader.group(group).compactIndex()) {
            // old segments are written again under the new key
        }
        find(reader, "出雲大社 AND 海鮮", 2);
        boolean denied = false;
        try {
            removed.group(group).search("platform", LIMIT);
        } catch (SekishoException e) {
            denied = true;
            out.println("  " + removed.name() + " searches: " + e.code());
        }
        require(denied, removed.name() + " was removed and still searches");
    }

    private void find(Person reader, String query, int expected) {
        SearchResult result = reader.group(group).search(query, LIMIT);
        out.println("  " + reader.name() + " looks for " + query + ":");
        for (SearchHit hit : result.hits()) {
            out.println("    " + hit.marked("[", "]"));
        }
        require(
                result.hits().size() == expected,
                query + " gave " + result.hits().size() + " hits instead of " + expected + ", missing "
                        + result.missing() + ", unsearched " + result.unsearched());
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
