// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.Caller;
import org.sekisho.api.Octets;
import org.sekisho.api.searchindex.IndexAnswer;
import org.sekisho.api.searchindex.IndexLease;
import org.sekisho.api.searchindex.IndexQuery;
import org.sekisho.api.searchindex.SegmentPart;
import org.sekisho.searchindex.protocol.RemoteIndex;
import org.sekisho.searchindex.wire.SegmentFile;

/** The gateway as one member reaches it; tests override what a malicious one would do. */
class RemoteGateway implements RemoteIndex {

    final TestGroup group;
    final Caller caller;

    RemoteGateway(TestGroup group, Caller caller) {
        this.group = group;
        this.caller = caller;
    }

    /** Which gateway answers. */
    GatewayIndex index() {
        return group.index;
    }

    GatewayWriting writing() {
        return group.writing;
    }

    @Override
    public List<Octets> log(long after, int limit) {
        return index().log(caller, group.id, after, limit);
    }

    @Override
    public IndexAnswer search(IndexQuery query) {
        return index().search(caller, group.id, query);
    }

    @Override
    public Optional<Octets> directory(Octets segment, int offset) {
        return index().directory(caller, group.id, segment, offset);
    }

    @Override
    public void publish(SegmentFile segment, long fence) {
        writing().publish(caller, group.id, segment.encode(), fence);
    }

    @Override
    public void stage(SegmentPart part) {
        writing().stage(caller, group.id, part);
    }

    @Override
    public void commit(Octets entry, long fence) {
        writing().commit(caller, group.id, entry, fence);
    }

    @Override
    public void append(Octets entry) {
        writing().append(caller, group.id, entry);
    }

    @Override
    public Optional<IndexLease> lease(int level, long fence) {
        return writing().lease(caller, group.id, level, fence);
    }
}
