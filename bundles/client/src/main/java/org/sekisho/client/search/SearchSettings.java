// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.search;

import org.sekisho.searchindex.protocol.SearchOptions;
import org.sekisho.searchindex.text.Profile;
import org.sekisho.searchindex.text.StopList;
import org.sekisho.searchindex.text.Tokeniser;

/**
 * How a session indexes what it sends and how it searches. What others wrote with other settings is found all the same. What each
 * choice tells the gateway is in docs/protocols/0050-search-index.md, section 8. Immutable.
 *
 * @param compaction whether this session merges and audits segments in the background
 * @param stopWords whether 25 frequent English words are indexed; without them they are only checked on the text of other hits
 * @param prefixes whether {@code begin*} finds words of this session's messages by the index: about twice the octets
 * @param singleCharacters whether a single Han character is found by the index: the gateway could count them
 * @param powersOfTwo whether the blocks of a word are padded to a power of two: hides counts, costs up to twice the octets
 * @param tokens of one message that are indexed, 16 to 512; messages with more are looked at by every query
 * @param examined candidates that are looked at for one page of hits
 * @param fetched messages that are fetched from the message store for one page of hits: what needs more goes on with the next page
 * @param wordsApart asks for each word in a request of its own, in random order
 * @param searchOld asks the gateway also where a removed member has the key, instead of searching at home
 */
public record SearchSettings(
        boolean compaction,
        boolean stopWords,
        boolean prefixes,
        boolean singleCharacters,
        boolean powersOfTwo,
        int tokens,
        int examined,
        int fetched,
        boolean wordsApart,
        boolean searchOld) {

    public static final SearchSettings DEFAULTS = new SearchSettings(
            true, true, false, true, false, Tokeniser.MAX_TOKENS, 10_000, SearchOptions.FETCHED, false, false);

    private static final int LEAST_TOKENS = 16;

    public SearchSettings {
        if (tokens < LEAST_TOKENS || tokens > Tokeniser.MAX_TOKENS || examined < 1 || fetched < 1) {
            throw new IllegalArgumentException(
                    "16 to " + Tokeniser.MAX_TOKENS + " tokens of a message, and at least one candidate");
        }
    }

    /** Leaves merging and auditing to other sessions. */
    public SearchSettings withoutCompaction() {
        return new SearchSettings(
                false,
                stopWords,
                prefixes,
                singleCharacters,
                powersOfTwo,
                tokens,
                examined,
                fetched,
                wordsApart,
                searchOld);
    }

    public SearchSettings withoutStopWords() {
        return new SearchSettings(
                compaction,
                false,
                prefixes,
                singleCharacters,
                powersOfTwo,
                tokens,
                examined,
                fetched,
                wordsApart,
                searchOld);
    }

    public SearchSettings withPrefixes() {
        return new SearchSettings(
                compaction,
                stopWords,
                true,
                singleCharacters,
                powersOfTwo,
                tokens,
                examined,
                fetched,
                wordsApart,
                searchOld);
    }

    public SearchSettings withoutSingleCharacters() {
        return new SearchSettings(
                compaction, stopWords, prefixes, false, powersOfTwo, tokens, examined, fetched, wordsApart, searchOld);
    }

    public SearchSettings withPowersOfTwo() {
        return new SearchSettings(
                compaction,
                stopWords,
                prefixes,
                singleCharacters,
                true,
                tokens,
                examined,
                fetched,
                wordsApart,
                searchOld);
    }

    /** How many tokens of a message are indexed, how many candidates are looked at for a page. */
    public SearchSettings withCaps(int mostTokens, int mostExamined) {
        return new SearchSettings(
                compaction,
                stopWords,
                prefixes,
                singleCharacters,
                powersOfTwo,
                mostTokens,
                mostExamined,
                fetched,
                wordsApart,
                searchOld);
    }

    /** How many messages are fetched from the message store for a page. */
    public SearchSettings withFetched(int most) {
        return new SearchSettings(
                compaction,
                stopWords,
                prefixes,
                singleCharacters,
                powersOfTwo,
                tokens,
                examined,
                most,
                wordsApart,
                searchOld);
    }

    public SearchSettings withWordsApart() {
        return new SearchSettings(
                compaction,
                stopWords,
                prefixes,
                singleCharacters,
                powersOfTwo,
                tokens,
                examined,
                fetched,
                true,
                searchOld);
    }

    public SearchSettings withSearchOld() {
        return new SearchSettings(
                compaction,
                stopWords,
                prefixes,
                singleCharacters,
                powersOfTwo,
                tokens,
                examined,
                fetched,
                wordsApart,
                true);
    }

    /** What becomes of a text. */
    public Profile profile() {
        Profile profile = Profile.standard().with(stopWords ? StopList.NONE : StopList.ENGLISH);
        profile = prefixes ? profile.withPrefixes() : profile;
        return singleCharacters ? profile : profile.withoutUnigrams();
    }

    /** How it is searched. */
    public SearchOptions options() {
        return new SearchOptions(searchOld, wordsApart, examined, tokens, fetched, SearchOptions.OCTETS);
    }
}
