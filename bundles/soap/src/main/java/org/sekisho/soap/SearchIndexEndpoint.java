// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.searchindex.IndexQuery;
import org.sekisho.api.searchindex.IndexWriting;
import org.sekisho.api.searchindex.SearchIndex;
import org.sekisho.api.searchindex.SegmentPart;
import org.sekisho.soap.searchindex.wire.SearchIndexPort;
import org.sekisho.soap.wire.IndexAnswer;
import org.sekisho.soap.wire.IndexLease;
import org.sekisho.soap.wire.IndexLookup;
import org.sekisho.soap.wire.IndexStatus;
import org.sekisho.soap.wire.Leakage;
import org.sekisho.soap.wire.Receipt;

/** {@link SearchIndex} and {@link IndexWriting} in SOAP. */
abstract class SearchIndexEndpoint extends SoapEndpoint implements SearchIndexPort {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile SearchIndex index;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile IndexWriting writing;

    SearchIndexEndpoint(SoapVersion version) {
        super(version);
    }

    @Override
    public IndexStatus indexStatus(String group) {
        return as(caller -> Beans.of(IndexStatus.class, index().indexStatus(caller, id(group))));
    }

    @Override
    public Leakage leakage(String group) {
        return as(caller -> Beans.of(Leakage.class, index().leakage(caller, id(group))));
    }

    @Override
    public IndexAnswer search(String group, @Nullable List<IndexLookup> lookup, boolean countsOnly) {
        return as(caller -> {
            List<IndexQuery.Lookup> lookups = (lookup == null ? List.<IndexLookup>of() : lookup)
                    .stream()
                            .map(l -> new IndexQuery.Lookup(
                                    Arguments.octets(l.getSegment()),
                                    Arguments.octets(l.getToken()),
                                    l.getFrom(),
                                    l.getLimit()))
                            .toList();
            return Beans.of(IndexAnswer.class, index().search(caller, id(group), new IndexQuery(lookups, countsOnly)));
        });
    }

    @Override
    public List<String> readIndexLog(String group, long after, @Nullable Integer limit) {
        return as(caller -> index().log(caller, id(group), Arguments.position(after), Arguments.limit(limit)).stream()
                .map(Octets::base64)
                .toList());
    }

    @Override
    public @Nullable String directory(String group, String segment, int offset) {
        return as(caller -> index().directory(caller, id(group), Arguments.octets(segment), offset)
                .map(Octets::base64)
                .orElse(null));
    }

    @Override
    public @Nullable String ring(String group) {
        return as(caller -> index().ring(caller, id(group)).map(Octets::base64).orElse(null));
    }

    @Override
    public Receipt publish(String group, String segmentFile, long fence) {
        return as(caller ->
                Beans.of(Receipt.class, writing().publish(caller, id(group), Arguments.octets(segmentFile), fence)));
    }

    @Override
    public void stage(String group, String segment, boolean rows, int offset, int total, int rowSize, String bytes) {
        as(caller -> {
            SegmentPart part =
                    new SegmentPart(Arguments.octets(segment), rows, offset, total, rowSize, Arguments.octets(bytes));
            writing().stage(caller, id(group), part);
            return caller;
        });
    }

    @Override
    public Receipt commit(String group, String entry, long fence) {
        return as(
                caller -> Beans.of(Receipt.class, writing().commit(caller, id(group), Arguments.octets(entry), fence)));
    }

    @Override
    public Receipt append(String group, String entry) {
        return as(caller -> Beans.of(Receipt.class, writing().append(caller, id(group), Arguments.octets(entry))));
    }

    @Override
    public void putRing(String group, String ring) {
        as(caller -> {
            writing().putRing(caller, id(group), Arguments.octets(ring));
            return caller;
        });
    }

    @Override
    public @Nullable IndexLease lease(String group, int level, long fence) {
        return as(caller -> writing()
                .lease(caller, id(group), level, fence)
                .map(lease -> Beans.of(IndexLease.class, lease))
                .orElse(null));
    }

    private static GroupId id(String group) {
        return GroupId.parse(Arguments.text(group));
    }

    private SearchIndex index() {
        return Present.require(index, "the search index");
    }

    private IndexWriting writing() {
        return Present.require(writing, "the search index");
    }
}
