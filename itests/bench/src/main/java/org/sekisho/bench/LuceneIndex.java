// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.sekisho.bench.lucene.LuceneSearch;

/** The same messages in the clear, in Apache Lucene: the baseline. */
final class LuceneIndex implements AutoCloseable {

    private final Path path;
    private final FSDirectory directory;
    private final IndexWriter writer;
    private DirectoryReader reader;

    LuceneIndex(Path path) throws IOException {
        this.path = path;
        directory = FSDirectory.open(path);
        writer = new IndexWriter(directory, new IndexWriterConfig(new StandardAnalyzer()));
        writer.commit();
        reader = DirectoryReader.open(directory);
    }

    /** Adds some and makes them durable, as a segment is. */
    void add(List<org.sekisho.searchindex.text.Document> some) throws IOException {
        for (var message : some) {
            Document document = new Document();
            document.add(new TextField("text", message.text(), Field.Store.YES));
            document.add(new NumericDocValuesField("at", message.minute()));
            document.add(new StoredField("id", message.id().toByteArray()));
            writer.addDocument(document);
        }
        writer.commit();
    }

    Path path() {
        return path;
    }

    void open() throws IOException {
        reader.close();
        reader = DirectoryReader.open(directory);
    }

    /** Texts of the newest. */
    int search(List<String> words, int limit) throws IOException {
        int length = 0;
        for (String text : LuceneSearch.texts(reader, words, limit)) {
            length += text.length();
        }
        return length;
    }

    long octets() throws IOException {
        long sum = 0;
        for (String file : directory.listAll()) {
            sum += directory.fileLength(file);
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        writer.close();
        directory.close();
    }
}
