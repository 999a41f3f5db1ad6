// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.text;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.sekisho.api.Octets;

/** Makes the tokens of a message by a profile. The same text gives the same tokens wherever the profile is the same. */
public final class Tokeniser {

    /** Most tokens of one message; what is beyond is found through {@link Token#CAPPED}. */
    public static final int MAX_TOKENS = 512;

    private final Profile profile;
    private final int most;

    public Tokeniser(Profile profile) {
        this(profile, MAX_TOKENS);
    }

    /** Takes at most {@code most} tokens of a message. */
    public Tokeniser(Profile profile, int most) {
        this.profile = profile;
        this.most = most;
    }

    public Profile profile() {
        return profile;
    }

    /** Distinct tokens of a message, sorted; at most as many as it takes and then {@link Token#CAPPED}. */
    public List<Octets> tokens(Document document) {
        Set<Octets> tokens = new LinkedHashSet<>();
        tokens.add(Token.sender(document.sender()));
        tokens.add(Token.month(document.month()));
        document.fileName().ifPresent(name -> Piece.of(normal(name)).forEach(piece -> addFile(tokens, piece)));
        for (Piece piece : Piece.of(normal(document.text()))) {
            add(tokens, piece);
            if (tokens.size() > most) {
                break;
            }
        }
        List<Octets> kept = new ArrayList<>(tokens);
        if (kept.size() > most) {
            kept = new ArrayList<>(kept.subList(0, most));
            kept.add(Token.CAPPED);
        }
        kept.sort(null);
        return kept;
    }

    String normal(String text) {
        return Normal.of(text, profile.foldKana());
    }

    private void add(Set<Octets> tokens, Piece piece) {
        if (!piece.word()) {
            addRun(tokens, piece.text());
            return;
        }
        if (!profile.stopList().has(piece.text())) {
            tokens.add(Token.word(piece.text()));
        }
        int letters = Token.codePoints(piece.text());
        if (profile.prefixes()) {
            for (int n = Token.MIN_PREFIX; n <= Math.min(letters, Token.MAX_PREFIX); n++) {
                tokens.add(Token.prefix(Token.cut(piece.text(), n)));
            }
        }
    }

    private void addRun(Set<Octets> tokens, String run) {
        int[] c = run.codePoints().toArray();
        for (int i = 0; i < c.length; i++) {
            if (profile.unigrams() && CharacterClass.isHan(c[i])) {
                tokens.add(Token.unigram(Character.toString(c[i])));
            }
            if (i + 1 < c.length) {
                tokens.add(Token.bigram(new String(c, i, 2)));
            }
        }
    }

    private static void addFile(Set<Octets> tokens, Piece piece) {
        tokens.add(Token.file(piece.text()));
    }

    /** Tokens that every message with this piece somewhere in it has; empty when the index does not know of it. */
    List<Octets> wanted(Piece piece) {
        Set<Octets> tokens = new LinkedHashSet<>();
        if (piece.word()) {
            if (!profile.stopList().has(piece.text())) {
                tokens.add(Token.word(piece.text()));
            }
            return List.copyOf(tokens);
        }
        int[] c = piece.text().codePoints().toArray();
        for (int i = 0; i + 1 < c.length; i++) {
            tokens.add(Token.bigram(new String(c, i, 2)));
        }
        if (c.length == 1 && profile.unigrams() && CharacterClass.isHan(c[0])) {
            tokens.add(Token.unigram(piece.text()));
        }
        return List.copyOf(tokens);
    }

    /** The token of words that begin so; empty when the index does not know of it. */
    List<Octets> wantedPrefix(String letters) {
        return profile.prefixes() && Token.codePoints(letters) >= Token.MIN_PREFIX
                ? List.of(Token.prefix(letters))
                : List.of();
    }
}
