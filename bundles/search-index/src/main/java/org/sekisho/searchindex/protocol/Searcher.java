// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.searchindex.IndexAnswer.Found;
import org.sekisho.api.searchindex.IndexQuery;
import org.sekisho.api.searchindex.IndexQuery.Lookup;
import org.sekisho.codec.MalformedException;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.searchindex.protocol.Asking.Wanted;
import org.sekisho.searchindex.text.Document;
import org.sekisho.searchindex.text.Highlighter;
import org.sekisho.searchindex.text.Profile;
import org.sekisho.searchindex.text.Query;
import org.sekisho.searchindex.text.Term;
import org.sekisho.searchindex.text.Token;
import org.sekisho.searchindex.text.Tokeniser;
import org.sekisho.searchindex.wire.IndexLimits;
import org.sekisho.searchindex.wire.Manifest;

/**
 * One search over the live segments. What the gateway returns are candidates; only what the message itself confirms is a hit. Of
 * several words in a segment the one with the fewest blocks is fetched. Not safe for concurrent use; made for one search.
 */
final class Searcher {

    /** Blocks up to which words are compared. */
    private static final int COUNTED = 64;

    /** Of several words most candidates are none: more of them are fetched at once. */
    private static final int MANY = 4;

    /** Messages looked up at once. */
    private static final int AHEAD = 64;

    private final IndexLog log;
    private final ChainFacts facts;
    private final Readers readers;
    private final Directories directories;
    private final Reading messages;
    private final Allowance allowance;
    private final SearchOptions options;
    private final Asking asking;
    private final Map<Profile, Tokeniser> tokenisers = new HashMap<>();
    private final List<Candidates> sources = new ArrayList<>();
    private final Set<Octets> damaged = new HashSet<>();
    private final Set<Octets> unread = new HashSet<>();
    private final Map<Octets, Optional<Document>> documents = new HashMap<>();
    private boolean stale;

    Searcher(
            IndexLog log,
            ChainFacts facts,
            Readers readers,
            RemoteIndex remote,
            Directories directories,
            Reading messages,
            SearchOptions options,
            Entropy entropy) {
        this.log = log;
        this.facts = facts;
        this.readers = readers;
        this.directories = directories;
        this.messages = messages;
        this.allowance = new Allowance(options.maxFetched(), options.maxOctets());
        this.options = options;
        this.asking = new Asking(remote, options.unlinkWords(), entropy);
    }

    SearchPage search(Query query, int limit, Optional<Cursor> before) {
        List<Manifest> live = log.live().stream()
                .filter(m -> before.isEmpty() || m.baseMinute() <= before.get().minute())
                .toList();
        query.alternatives().forEach(all -> open(all, live, limit));
        return collect(query, limit, before);
    }

    // ---- from a query to candidates

    private void open(List<Term> all, List<Manifest> live, int limit) {
        Map<Segment, List<Octets>> remote = new LinkedHashMap<>();
        Map<Profile, Set<Octets>> words = new HashMap<>();
        for (Manifest manifest : live) {
            Tokeniser tokeniser = tokenisers.computeIfAbsent(manifest.profile(), Tokeniser::new);
            Set<Octets> tokens = words.computeIfAbsent(manifest.profile(), p -> tokens(all, tokeniser));
            boolean exposed = manifest.keyCohort() < facts.lastRemoval() && !options.searchOld();
            if (exposed || tokens.isEmpty()) {
                local(manifest, tokens);
            } else {
                reader(manifest, tokeniser).ifPresent(segment -> remote.put(segment, List.copyOf(tokens)));
            }
        }
        List<Candidates.Remote> found = new ArrayList<>();
        remote(remote, found);
        remote.keySet().stream()
                .filter(segment -> segment.manifest().capped())
                .forEach(segment -> found.add(new Candidates.Remote(segment, Token.CAPPED, false)));
        fetch(found, limit);
        sources.addAll(found);
    }

    private static Set<Octets> tokens(List<Term> all, Tokeniser tokeniser) {
        Set<Octets> tokens = new LinkedHashSet<>();
        all.forEach(term -> tokens.addAll(term.tokens(tokeniser)));
        return tokens;
    }

    /** Searches at home, so that who has this segment's key does not learn what is looked for. */
    private void local(Manifest manifest, Set<Octets> tokens) {
        try {
            Optional<List<Item>> items = directories.of(manifest, facts.history());
            if (items.isEmpty()) {
                unread.add(manifest.segment());
                return;
            }
            var candidates = new Candidates.Local(items.get().stream()
                    .filter(item ->
                            item.tokens().containsAll(tokens) || item.tokens().contains(Token.CAPPED))
                    .toList());
            candidates.fill();
            sources.add(candidates);
        } catch (AuthenticationFailedException e) {
            damaged.add(manifest.segment());
        }
    }

    private Optional<Segment> reader(Manifest manifest, Tokeniser tokeniser) {
        Optional<SegmentReader> reader = readers.of(manifest, facts.history());
        if (reader.isEmpty()) {
            unread.add(manifest.segment());
        }
        return reader.map(r -> new Segment(manifest, r, tokeniser));
    }

    /** Of each segment the rarest word, if it has all of them. */
    private void remote(Map<Segment, List<Octets>> wanted, List<Candidates.Remote> found) {
        List<Wanted> counts = new ArrayList<>();
        wanted.forEach((segment, tokens) -> {
            if (tokens.size() > 1) {
                tokens.forEach(word -> counts.add(wanted(segment, word, 0, COUNTED)));
            }
        });
        List<Found> answers = counts.isEmpty() ? List.of() : asking.ask(counts, true);
        int at = 0;
        for (Map.Entry<Segment, List<Octets>> entry : wanted.entrySet()) {
            List<Octets> tokens = entry.getValue();
            if (tokens.size() == 1) {
                found.add(new Candidates.Remote(entry.getKey(), tokens.get(0), false));
                continue;
            }
            int rarest = 0;
            for (int i = 0; i < tokens.size(); i++) {
                stale |= !answers.get(at + i).live();
                if (answers.get(at + i).count() < answers.get(at + rarest).count()) {
                    rarest = i;
                }
            }
            if (answers.get(at + rarest).count() > 0) {
                found.add(new Candidates.Remote(entry.getKey(), tokens.get(rarest), true));
            }
            at += tokens.size();
        }
    }

    private static Wanted wanted(Segment segment, Octets word, int from, int limit) {
        return new Wanted(
                word, new Lookup(segment.manifest().segment(), segment.reader().token(word), from, limit));
    }

    private void fetch(List<Candidates.Remote> from, int limit) {
        List<Wanted> wanted = from.stream()
                .map(c -> wanted(c.segment, c.token, c.from(), blocks(c, limit)))
                .toList();
        List<Found> answers = wanted.isEmpty() ? List.of() : asking.ask(wanted, false);
        for (int i = 0; i < from.size(); i++) {
            take(from.get(i), wanted.get(i).lookup(), answers.get(i));
        }
    }

    private static int blocks(Candidates.Remote candidates, int limit) {
        int size = IndexLimits.block(candidates.segment.manifest().level());
        int first = (limit + size - 1) / size * (candidates.oneOfSeveral ? MANY : 1);
        int wanted = first + (MANY - 1) * candidates.from();
        return Math.max(1, Math.min(wanted, IndexQuery.MAX_BLOCKS));
    }

    private void take(Candidates.Remote candidates, Lookup lookup, Found found) {
        stale |= !found.live();
        try {
            candidates.add(candidates.segment.reader().open(lookup.token(), lookup.from(), found.blocks()));
            candidates.took(found.count(), found.more());
        } catch (AuthenticationFailedException | MalformedException e) {
            damaged.add(lookup.segment());
            candidates.end();
        }
    }

    // ---- from candidates to hits

    private SearchPage collect(Query query, int limit, Optional<Cursor> before) {
        List<Hit> hits = new ArrayList<>();
        Set<Octets> seen = new HashSet<>();
        long examined = 0;
        long unresolved = 0;
        Optional<Posting> last = Optional.empty();
        while (hits.size() < limit && examined < options.maxExamined()) {
            Optional<Posting> next = next(limit);
            if (next.isEmpty()) {
                return page(hits, Optional.empty(), examined, unresolved);
            }
            Posting posting = next.get();
            if (before.isPresent() && !before.get().isBefore(posting) || !seen.add(posting.message())) {
                continue;
            }
            if (!log.deletedByAdministrator(posting.message())) {
                // one by one is slow, but nobody is to be asked for many more messages than are looked at
                long ahead = Math.min(Math.max(limit - hits.size(), examined + 1), AHEAD);
                if (!lookUp(posting.message(), ahead)) {
                    // the next page begins with this one
                    break;
                }
                Optional<Document> document = documents.remove(posting.message());
                unresolved += document.isEmpty() ? 1 : 0;
                document.flatMap(d -> hit(query, d)).ifPresent(hits::add);
            }
            examined++;
            last = next;
        }
        Optional<Cursor> cursor = last.map(p -> new Cursor(p.minute(), p.message()));
        return page(hits, cursor.or(() -> before), examined, unresolved);
    }

    /** Looks a message up together with those that come next. False when the page has cost enough. */
    private boolean lookUp(Octets message, long ahead) {
        if (documents.containsKey(message)) {
            return true;
        }
        List<Octets> wanted = new ArrayList<>(List.of(message));
        sources.stream()
                .flatMap(source -> source.ready().stream().limit(AHEAD))
                .sorted(Posting.NEWEST_FIRST)
                .map(Posting::message)
                .filter(next -> !next.equals(message) && !documents.containsKey(next))
                .filter(next -> !log.deletedByAdministrator(next))
                .distinct()
                .limit(ahead - 1)
                .forEach(wanted::add);
        Reading.Looked looked = messages.find(wanted, allowance);
        wanted.removeAll(looked.left());
        wanted.forEach(
                next -> documents.put(next, Optional.ofNullable(looked.found().get(next))));
        return documents.containsKey(message);
    }

    private SearchPage page(List<Hit> hits, Optional<Cursor> next, long examined, long unresolved) {
        return new SearchPage(hits, next, examined, unresolved, damaged.size(), unread.size(), stale);
    }

    private Optional<Hit> hit(Query query, Document document) {
        if (log.deleted(document.id(), document.sender())) {
            return Optional.empty();
        }
        return tokenisers.values().stream()
                .filter(tokeniser -> query.matches(document, tokeniser))
                .findFirst()
                .map(tokeniser -> new Hit(document, new Highlighter(tokeniser).of(query, document.text())));
    }

    /** The newest of all sources. Where a source ran out of what was fetched, more is fetched first: it may be newer. */
    private Optional<Posting> next(int limit) {
        List<Candidates.Remote> hungry = new ArrayList<>();
        Candidates newest = null;
        for (Candidates source : sources) {
            if (source.peek().isEmpty() && source.more()) {
                if (source instanceof Candidates.Remote remote) {
                    hungry.add(remote);
                } else if (source instanceof Candidates.Local local) {
                    local.fill();
                }
            }
        }
        while (!hungry.isEmpty()) {
            List<Candidates.Remote> asked = new ArrayList<>(hungry);
            sources.stream()
                    .filter(Candidates.Remote.class::isInstance)
                    .map(Candidates.Remote.class::cast)
                    .filter(c -> c.more() && c.peek().isPresent() && c.ready().size() < limit / 2)
                    .forEach(asked::add);
            fetch(asked, limit);
            hungry.removeIf(c -> c.peek().isPresent() || !c.more());
        }
        for (Candidates source : sources) {
            if (source.peek().isPresent()
                    && (newest == null
                            || Posting.NEWEST_FIRST.compare(
                                            source.peek().get(), newest.peek().orElseThrow())
                                    < 0)) {
                newest = source;
            }
        }
        if (newest == null) {
            return Optional.empty();
        }
        Optional<Posting> next = newest.peek();
        newest.next();
        return next;
    }

    /** Newest position of the log that an answer told; 0 when nothing was asked. */
    long head() {
        return asking.head();
    }
}
