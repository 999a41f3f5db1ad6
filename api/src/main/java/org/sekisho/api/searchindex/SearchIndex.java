// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.searchindex;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;

/**
 * Encrypted keyword search (S1 4.3). Segments, tokens and answers are sealed or random to the gateway; what it can still count is in
 * {@link #leakage} and in docs/protocols/0050-search-index.md, section 8.
 *
 * <p>Guarantees: the index log only grows; what a method says is done is durable; an entry is taken only if every member would
 * accept it. Blocks on the database; safe for many threads.
 *
 * <p>Errors: NOT_A_MEMBER for who is not (any more); LIMIT_EXCEEDED; STALE_EPOCH for what is not of the current epoch's cohort.
 */
@ProviderType
public interface SearchIndex {

    /** Blocks by token. Members of the current epoch only. */
    IndexAnswer search(Caller caller, GroupId group, IndexQuery query);

    /** Entries of the index log after {@code after}, in order, encoded. */
    List<Octets> log(Caller caller, GroupId group, long after, int limit);

    /** The part of a segment's directory at {@code offset}, at most 512 KiB; empty when it is not kept any more. */
    Optional<Octets> directory(Caller caller, GroupId group, Octets segment, int offset);

    /** The sealed ring of cohort keys, encoded; empty while there is none. */
    Optional<Octets> ring(Caller caller, GroupId group);

    IndexStatus indexStatus(Caller caller, GroupId group);

    Leakage leakage(Caller caller, GroupId group);
}
