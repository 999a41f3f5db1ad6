// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Limit;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.search.CohortKey;
import org.sekisho.crypto.search.SegmentCipher;
import org.sekisho.searchindex.protocol.ChainFacts.EpochFact;
import org.sekisho.searchindex.text.Profile;
import org.sekisho.searchindex.text.Token;
import org.sekisho.searchindex.wire.Entry;
import org.sekisho.searchindex.wire.Head;
import org.sekisho.searchindex.wire.IndexLimits;
import org.sekisho.searchindex.wire.Manifest;
import org.sekisho.searchindex.wire.Replaced;
import org.sekisho.searchindex.wire.SegmentFile;
import org.sekisho.searchindex.wire.Stand;

/**
 * Makes segments. Each call draws a fresh identifier; what it returns is stored before it is sent, and sent again as it is: two
 * builds never share an identifier, so no nonce is used twice (protocol note R11).
 */
public final class SegmentWriter {

    private static final int ATTEMPTS = 8;

    private final GroupId group;
    private final LeafId self;
    private final Entry.Signer signer;
    private final Entropy entropy;

    public SegmentWriter(GroupId group, LeafId self, Entry.Signer signer, Entropy entropy) {
        this.group = group;
        this.self = self;
        this.signer = signer;
        this.entropy = entropy;
    }

    /**
     * What a segment is made of.
     *
     * @param epoch the current one, under whose cohort it is written
     * @param cohort whose content it is
     * @param profile by which the tokens were made
     * @param powerOfTwo whether the number of blocks of a word is padded to a power of two
     */
    public record Plan(
            EpochFact epoch,
            long cohort,
            int level,
            long createdAt,
            Profile profile,
            boolean powerOfTwo,
            List<Item> items,
            List<Replaced> replaces,
            List<Hash> removed,
            Head seen) {

        public Plan {
            items = items.stream().sorted(Item.NEWEST_FIRST).toList();
            Limit.atMost("messages of a segment", items.size(), IndexLimits.MAX_MESSAGES);
        }
    }

    /** Builds, seals and signs. {@code base} stays the caller's. */
    public SegmentFile write(Plan plan, CohortKey base) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Octets segment = Octets.of(entropy.next(IndexLimits.ID));
            try (SegmentCipher cipher = new SegmentCipher(base, group, segment, self)) {
                Optional<byte[]> rows =
                        Rows.build(cipher, plan.level(), baseMinute(plan.items()), plan.powerOfTwo(), plan.items());
                if (rows.isPresent()) {
                    return file(plan, segment, rows.get(), Directory.seal(cipher, plan.items()));
                }
            }
        }
        throw new IllegalStateException("no identifier without colliding labels: the source of randomness is broken");
    }

    private SegmentFile file(Plan plan, Octets segment, byte[] rows, byte[] directory) {
        boolean capped = plan.items().stream().anyMatch(item -> item.tokens().contains(Token.CAPPED));
        int marks = (capped ? Manifest.CAPPED : 0) | (plan.powerOfTwo() ? Manifest.POWER_OF_TWO : 0);
        Manifest manifest = new Manifest(
                new Stand(group, self, plan.epoch().epochHash(), plan.epoch().rosterHash()),
                segment,
                plan.cohort(),
                plan.epoch().cohort(),
                plan.level(),
                plan.createdAt(),
                baseMinute(plan.items()),
                plan.profile(),
                marks,
                rows.length / IndexLimits.row(plan.level()),
                Manifest.hashRows(rows),
                directory.length,
                Sha256.hash(directory),
                plan.replaces(),
                plan.removed(),
                plan.seen());
        return new SegmentFile(Entry.of(manifest, signer), Octets.of(rows), Octets.of(directory));
    }

    static long baseMinute(List<Item> items) {
        return items.stream().mapToLong(Item::minute).min().orElse(0);
    }
}
