// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.Octets;
import org.sekisho.api.searchindex.IndexAnswer;
import org.sekisho.api.searchindex.IndexLease;
import org.sekisho.api.searchindex.IndexQuery;
import org.sekisho.api.searchindex.SegmentPart;
import org.sekisho.searchindex.wire.SegmentFile;

/** The gateway's index of one group, as its members reach it. Nothing it says is believed without a check. */
public interface RemoteIndex {

    /** Entries of the log after position {@code after}, in order. */
    List<Octets> log(long after, int limit);

    IndexAnswer search(IndexQuery query);

    /** The part of a segment's directory at {@code offset}; empty when it is not kept any more. */
    Optional<Octets> directory(Octets segment, int offset);

    /** Publishes a segment in one request. Again with the same octets: nothing happens. */
    void publish(SegmentFile segment, long fence);

    /** Uploads a part of a segment that is too long for one request. */
    void stage(SegmentPart part);

    /** Makes a staged segment live. */
    void commit(Octets entry, long fence);

    /** Adds a tombstone or an audit to the log. */
    void append(Octets entry);

    /** The right to compact a level for two minutes; empty while somebody else has it. */
    Optional<IndexLease> lease(int level, long fence);
}
