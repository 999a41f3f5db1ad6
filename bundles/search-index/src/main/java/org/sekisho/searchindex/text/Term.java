// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.text;

import java.util.ArrayList;
import java.util.List;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/** One condition of a query. */
public sealed interface Term {

    /** Tokens that every message which meets the condition has, by a profile; empty: the index cannot narrow it down. */
    List<Octets> tokens(Tokeniser tokeniser);

    /** Whether a message meets the condition. Decided on the message itself. */
    boolean matches(Document document, Tokeniser tokeniser);

    /** Where in the text it shows, for highlighting; positions in the normal form. */
    default List<Piece> shown(Tokeniser tokeniser) {
        return List.of();
    }

    /** Words or characters next to each other, in this order, anything but letters and digits between them. */
    record Phrase(String text) implements Term {

        @Override
        public List<Octets> tokens(Tokeniser tokeniser) {
            List<Octets> tokens = new ArrayList<>();
            for (Piece piece : shown(tokeniser)) {
                tokens.addAll(tokeniser.wanted(piece));
            }
            return tokens.stream().distinct().toList();
        }

        @Override
        public boolean matches(Document document, Tokeniser tokeniser) {
            return Matching.contains(Piece.of(tokeniser.normal(document.text())), shown(tokeniser));
        }

        @Override
        public List<Piece> shown(Tokeniser tokeniser) {
            return Piece.of(tokeniser.normal(text));
        }
    }

    /** Words that begin so. */
    record Prefix(String text) implements Term {

        @Override
        public List<Octets> tokens(Tokeniser tokeniser) {
            return tokeniser.wantedPrefix(tokeniser.normal(text));
        }

        @Override
        public boolean matches(Document document, Tokeniser tokeniser) {
            String begin = tokeniser.normal(text);
            return Piece.of(tokeniser.normal(document.text())).stream()
                    .anyMatch(piece -> piece.word() && piece.text().startsWith(begin));
        }
    }

    /** Messages of one sender. */
    record From(LeafId sender) implements Term {

        @Override
        public List<Octets> tokens(Tokeniser tokeniser) {
            return List.of(Token.sender(sender));
        }

        @Override
        public boolean matches(Document document, Tokeniser tokeniser) {
            return document.sender().equals(sender);
        }
    }

    /** Messages of one month, yyyy-mm in UTC. */
    record Month(String month) implements Term {

        @Override
        public List<Octets> tokens(Tokeniser tokeniser) {
            return List.of(Token.month(month));
        }

        @Override
        public boolean matches(Document document, Tokeniser tokeniser) {
            return document.month().equals(month);
        }
    }

    /** Messages with a file of whose name these are words. */
    record FileName(String text) implements Term {

        @Override
        public List<Octets> tokens(Tokeniser tokeniser) {
            return Piece.of(tokeniser.normal(text)).stream()
                    .map(piece -> Token.file(piece.text()))
                    .distinct()
                    .toList();
        }

        @Override
        public boolean matches(Document document, Tokeniser tokeniser) {
            List<Piece> wanted = Piece.of(tokeniser.normal(text));
            return document.fileName()
                    .map(name -> Piece.of(tokeniser.normal(name)))
                    .map(name -> wanted.stream().allMatch(w -> name.stream().anyMatch(w::same)))
                    .orElse(false);
        }
    }
}
