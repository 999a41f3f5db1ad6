// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds in a message's own text what a query looked for. */
public final class Highlighter {

    private static final int MAX = 256;

    private final Tokeniser tokeniser;

    public Highlighter(Tokeniser tokeniser) {
        this.tokeniser = tokeniser;
    }

    /** Parts that show, in order, at most 256; they may touch but not overlap. */
    public List<Highlight> of(Query query, String text) {
        Mapped mapped = Mapped.of(text, tokeniser);
        List<Piece> pieces = Piece.of(mapped.normal());
        List<Highlight> found = new ArrayList<>();
        for (List<Term> all : query.alternatives()) {
            for (Term term : all) {
                for (Piece wanted : term.shown(tokeniser)) {
                    pieces.forEach(piece -> add(found, mapped, piece, wanted));
                }
                if (term instanceof Term.Prefix prefix) {
                    String begin = tokeniser.normal(prefix.text());
                    pieces.stream()
                            .filter(p -> p.word() && p.text().startsWith(begin))
                            .forEach(p ->
                                    found.add(mapped.back(p.start(), p.text().length())));
                }
            }
        }
        return joined(found);
    }

    private static void add(List<Highlight> found, Mapped mapped, Piece piece, Piece wanted) {
        if (piece.word() != wanted.word()) {
            return;
        }
        if (piece.word()) {
            if (piece.same(wanted)) {
                found.add(mapped.back(piece.start(), piece.text().length()));
            }
            return;
        }
        for (int at = piece.text().indexOf(wanted.text());
                at >= 0 && found.size() < MAX * 4;
                at = piece.text().indexOf(wanted.text(), at + 1)) {
            found.add(mapped.back(piece.start() + at, wanted.text().length()));
        }
    }

    private static List<Highlight> joined(List<Highlight> found) {
        found.sort(Comparator.comparingInt(Highlight::start).thenComparingInt(Highlight::end));
        List<Highlight> joined = new ArrayList<>();
        for (Highlight next : found) {
            int last = joined.size() - 1;
            if (last >= 0 && next.start() < joined.get(last).end()) {
                Highlight before = joined.get(last);
                joined.set(last, new Highlight(before.start(), Math.max(before.end(), next.end())));
            } else if (joined.size() < MAX) {
                joined.add(next);
            }
        }
        return List.copyOf(joined);
    }

    /** A normal text that remembers which part of the original each char came from. */
    private record Mapped(String normal, int[] starts, int[] ends) {

        /** Normalised in clusters that do not change each other. */
        static Mapped of(String text, Tokeniser tokeniser) {
            StringBuilder normal = new StringBuilder(text.length());
            List<int[]> origins = new ArrayList<>(text.length());
            for (int from = 0; from < text.length(); ) {
                int to = from + Character.charCount(text.codePointAt(from));
                while (to < text.length() && joins(text.codePointAt(to))) {
                    to += Character.charCount(text.codePointAt(to));
                }
                String part = tokeniser.normal(text.substring(from, to));
                normal.append(part);
                for (int i = 0; i < part.length(); i++) {
                    origins.add(new int[] {from, to});
                }
                from = to;
            }
            return new Mapped(
                    normal.toString(),
                    origins.stream().mapToInt(o -> o[0]).toArray(),
                    origins.stream().mapToInt(o -> o[1]).toArray());
        }

        /** Marks, half-width voiced sound marks, joining Hangul vowels and finals, invisible characters. */
        private static boolean joins(int c) {
            int type = Character.getType(c);
            return type == Character.NON_SPACING_MARK
                    || type == Character.COMBINING_SPACING_MARK
                    || type == Character.ENCLOSING_MARK
                    || type == Character.FORMAT
                    || c == 0xFF9E
                    || c == 0xFF9F
                    || c >= 0x1160 && c <= 0x11FF;
        }

        Highlight back(int start, int length) {
            return new Highlight(starts[start], ends[start + length - 1]);
        }
    }
}
