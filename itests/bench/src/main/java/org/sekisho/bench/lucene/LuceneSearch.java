// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;

/** Newest messages that have all words. */
public final class LuceneSearch {

    private static final Sort NEWEST = new Sort(new SortField("at", SortField.Type.LONG, true));

    private LuceneSearch() {}

    /** Their texts. */
    public static List<String> texts(DirectoryReader reader, List<String> words, int limit) throws IOException {
        var all = new BooleanQuery.Builder();
        words.forEach(w -> all.add(new TermQuery(new Term("text", w)), BooleanClause.Occur.MUST));
        IndexSearcher searcher = new IndexSearcher(reader);
        List<String> texts = new ArrayList<>();
        for (ScoreDoc hit : searcher.search(all.build(), limit, NEWEST).scoreDocs) {
            texts.add(searcher.storedFields().document(hit.doc).get("text"));
        }
        return texts;
    }
}
