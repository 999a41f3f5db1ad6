// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.transport;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.searchindex.IndexAnswer;
import org.sekisho.api.searchindex.IndexLease;
import org.sekisho.api.searchindex.IndexQuery;
import org.sekisho.api.searchindex.IndexStatus;
import org.sekisho.api.searchindex.Leakage;
import org.sekisho.api.searchindex.SegmentPart;
import org.sekisho.searchindex.protocol.RemoteIndex;
import org.sekisho.searchindex.wire.SegmentFile;

/** A group's search index behind the gateway's REST API. What it writes may be repeated with the same octets: it happens once. */
public final class HttpIndex implements RemoteIndex {

    private final HttpTransport transport;
    private final String base;

    HttpIndex(HttpTransport transport, GroupId group) {
        this.transport = transport;
        this.base = "/search-index/groups/" + group;
    }

    private record Entries(List<Octets> items) {}

    private record Bytes(Octets bytes) {}

    @Override
    public List<Octets> log(long after, int limit) {
        return transport
                .ask(transport.get(base + "/log?after=" + after + "&limit=" + limit), Entries.class)
                .items();
    }

    @Override
    public IndexAnswer search(IndexQuery query) {
        return transport.ask(transport.post(base + "/queries", query), IndexAnswer.class);
    }

    @Override
    public Optional<Octets> directory(Octets segment, int offset) {
        return bytes("/segments/" + segment.hex() + "/directory?offset=" + offset);
    }

    /** The sealed ring of search keys, if there is one. */
    public Optional<Octets> ring() {
        return bytes("/ring");
    }

    private Optional<Octets> bytes(String path) {
        try {
            return Optional.of(
                    transport.ask(transport.get(base + path), Bytes.class).bytes());
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    public void putRing(Octets ring) {
        transport.send(transport.put(base + "/ring", new Bytes(ring)));
    }

    @Override
    public void publish(SegmentFile segment, long fence) {
        transport.send(transport.post(base + "/segments", written(segment.encode(), fence)));
    }

    @Override
    public void stage(SegmentPart part) {
        transport.send(transport.put(base + "/parts", part));
    }

    @Override
    public void commit(Octets entry, long fence) {
        transport.send(transport.post(base + "/commits", written(entry, fence)));
    }

    private static Map<String, Object> written(Octets bytes, long fence) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("bytes", bytes);
        body.put("fence", fence);
        return body;
    }

    @Override
    public void append(Octets entry) {
        transport.send(transport.post(base + "/entries", new Bytes(entry)));
    }

    @Override
    public Optional<IndexLease> lease(int level, long fence) {
        byte[] answer = transport.send(transport.post(base + "/leases", Map.of("level", level, "fence", fence)));
        return answer.length == 0 ? Optional.empty() : Optional.of(Json.read(answer, IndexLease.class));
    }

    public IndexStatus status() {
        return transport.ask(transport.get(base), IndexStatus.class);
    }

    public Leakage leakage() {
        return transport.ask(transport.get(base + "/leakage"), Leakage.class);
    }
}
