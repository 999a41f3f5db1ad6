// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.sekisho.api.Octets;

/** Records that end with the process. */
final class MemoryRecords implements MemberRecords {

    private final List<Octets> entries = new ArrayList<>();
    private final List<Outgoing> outbox = new ArrayList<>();
    private final Set<Octets> waiting = new LinkedHashSet<>();

    @Override
    public List<Octets> entries() {
        return List.copyOf(entries);
    }

    @Override
    public void addEntries(long after, List<Octets> more) {
        entries.addAll(more);
    }

    @Override
    public List<Outgoing> outbox() {
        return List.copyOf(outbox);
    }

    @Override
    public void add(Outgoing outgoing) {
        outbox.add(outgoing);
    }

    @Override
    public void remove(Outgoing outgoing) {
        outbox.removeIf(o -> o.key().equals(outgoing.key()));
    }

    @Override
    public List<Octets> waiting() {
        return List.copyOf(waiting);
    }

    @Override
    public void addWaiting(List<Octets> messages) {
        waiting.addAll(messages);
    }

    @Override
    public void forgetWaiting(List<Octets> messages) {
        messages.forEach(waiting::remove);
    }

    @Override
    public void pack(List<Octets> messages, Outgoing segment) {
        messages.forEach(waiting::remove);
        outbox.add(segment);
    }
}
