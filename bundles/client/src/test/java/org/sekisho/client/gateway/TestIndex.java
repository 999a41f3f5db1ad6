// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.gateway;

import java.util.List;
import java.util.Map;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.groups.Groups;
import org.sekisho.api.searchindex.IndexQuery;
import org.sekisho.api.searchindex.SegmentPart;
import org.sekisho.api.store.RowStore;
import org.sekisho.client.transport.Json;
import org.sekisho.searchindex.SearchIndexComponent;

/** The paths of the search index, before the real one. */
final class TestIndex {

    private final SearchIndexComponent index;

    TestIndex(RowStore rows, Groups groups, GroupHistory history) {
        index = SearchIndexComponent.withDefaults(rows, groups, history);
    }

    record Written(Octets bytes, long fence) {}

    record Wish(int level, long fence) {}

    Object answer(String method, String[] path, Caller caller, byte[] body, Map<String, String> query) {
        GroupId group = GroupId.parse(path[3]);
        String what = method + " " + (path.length > 4 ? path[4] : "");
        return switch (what) {
            case "GET " -> index.indexStatus(caller, group);
            case "GET leakage" -> index.leakage(caller, group);
            case "GET log" ->
                Map.of(
                        "items",
                        index.log(
                                caller,
                                group,
                                Long.parseLong(query.get("after")),
                                Integer.parseInt(query.get("limit"))));
            case "POST queries" -> index.search(caller, group, Json.read(body, IndexQuery.class));
            case "GET segments" ->
                Map.of(
                        "bytes",
                        index.directory(caller, group, Octets.ofHex(path[5]), Integer.parseInt(query.get("offset")))
                                .orElseThrow(() -> new NotFoundException("gone")));
            case "GET ring" ->
                Map.of("bytes", index.ring(caller, group).orElseThrow(() -> new NotFoundException("no ring")));
            case "PUT ring" -> {
                index.putRing(caller, group, Json.read(body, Written.class).bytes());
                yield Map.of();
            }
            case "POST segments" -> {
                Written written = Json.read(body, Written.class);
                yield index.publish(caller, group, written.bytes(), written.fence());
            }
            case "PUT parts" -> {
                index.stage(caller, group, Json.read(body, SegmentPart.class));
                yield Map.of();
            }
            case "POST commits" -> {
                Written written = Json.read(body, Written.class);
                yield index.commit(caller, group, written.bytes(), written.fence());
            }
            case "POST entries" ->
                index.append(caller, group, Json.read(body, Written.class).bytes());
            case "POST leases" -> {
                Wish wish = Json.read(body, Wish.class);
                yield index.lease(caller, group, wish.level(), wish.fence())
                        .<Object>map(l -> l)
                        .orElse(List.of());
            }
            default -> throw new NotFoundException("no such path");
        };
    }
}
