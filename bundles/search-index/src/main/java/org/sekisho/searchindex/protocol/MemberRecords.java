// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.List;
import org.sekisho.api.Octets;

/** What a member keeps of the index over restarts. Durable when a method returns. */
public interface MemberRecords {

    /** Entries of the log that were taken, in order. */
    List<Octets> entries();

    void addEntries(long after, List<Octets> entries);

    /** Segments and entries built and not known to have arrived, oldest first. */
    List<Outgoing> outbox();

    void add(Outgoing outgoing);

    void remove(Outgoing outgoing);

    /** Messages to be indexed; removed in the same transaction in which the segment made of them enters the outbox. */
    List<Octets> waiting();

    void addWaiting(List<Octets> messages);

    /** These cannot be found any more. */
    void forgetWaiting(List<Octets> messages);

    void pack(List<Octets> messages, Outgoing segment);

    /** Octets to be sent as they are until they have arrived (protocol note R11). */
    record Outgoing(Octets key, boolean segment, Octets bytes) {}

    /** Puts messages back whose segment was refused. */
    default void unpack(Outgoing segment, List<Octets> messages) {
        addWaiting(messages);
        remove(segment);
    }

    /** A place that forgets when the process ends. */
    static MemberRecords inMemory() {
        return new MemoryRecords();
    }
}
