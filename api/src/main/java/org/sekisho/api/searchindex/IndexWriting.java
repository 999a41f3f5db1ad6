// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.searchindex;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.groups.Receipt;

/**
 * What members write to a group's search index. Guarantees and errors as of {@link SearchIndex}; ALREADY_EXISTS when an identifier
 * comes again with other octets, PRECONDITION_FAILED when a lease was lost or what is replaced is not live any more.
 */
@ProviderType
public interface IndexWriting {

    /**
     * A segment in one piece. The same octets again: REPEATED.
     *
     * @param fence of the lease under which it replaces others; 0 when it replaces none
     */
    Receipt publish(Caller caller, GroupId group, Octets segmentFile, long fence);

    /** A part of a segment that is too long for one request. The same octets again: nothing happens. */
    void stage(Caller caller, GroupId group, SegmentPart part);

    /** Makes a staged segment live and retires what it replaces, in one transaction. */
    Receipt commit(Caller caller, GroupId group, Octets entry, long fence);

    /** A tombstone or an audit. */
    Receipt append(Caller caller, GroupId group, Octets entry);

    /** A new ring, one version after the present one; ALREADY_EXISTS when somebody was faster. */
    void putRing(Caller caller, GroupId group, Octets ring);

    /**
     * Takes or renews the right to compact a level for two minutes; empty while somebody else has it.
     *
     * @param fence of the lease to renew, or 0
     */
    Optional<IndexLease> lease(Caller caller, GroupId group, int level, long fence);
}
