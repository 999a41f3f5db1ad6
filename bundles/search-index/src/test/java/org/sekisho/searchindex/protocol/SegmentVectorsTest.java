// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.Roster;
import org.sekisho.codec.Cbor;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.VerifyingKey;
import org.sekisho.crypto.schedule.ExporterSecret;
import org.sekisho.crypto.search.BlockLabels;
import org.sekisho.crypto.search.CohortKey;
import org.sekisho.crypto.search.RingSeal;
import org.sekisho.crypto.search.SegmentCipher;
import org.sekisho.searchindex.protocol.ChainFacts.EpochFact;
import org.sekisho.searchindex.text.Document;
import org.sekisho.searchindex.text.Profile;
import org.sekisho.searchindex.text.StopList;
import org.sekisho.searchindex.text.Tokeniser;
import org.sekisho.searchindex.wire.Audit;
import org.sekisho.searchindex.wire.Entry;
import org.sekisho.searchindex.wire.Head;
import org.sekisho.searchindex.wire.Manifest;
import org.sekisho.searchindex.wire.SegmentFile;
import org.sekisho.searchindex.wire.Stand;
import org.sekisho.searchindex.wire.Tombstone;

/** Known answers of the Python model (src/test/python/vectors.py): whatever changes them cannot read what was written before. */
class SegmentVectorsTest {

    private static final List<String> TEXTS = List.of("Straße nach 出雲大社", "ﾗｰﾒﾝと海鮮, STRASSE!", "plain words, plain");
    private static final long MINUTE = 29_000_000;

    private final Properties known = new Properties();
    private final GroupId group;
    private final LeafId writer;
    private final Profile profile = new Profile(Profile.VERSION, 13, true, true, false, StopList.NONE);

    SegmentVectorsTest() throws IOException {
        try (var in = new InputStreamReader(
                SegmentVectorsTest.class.getResourceAsStream("/org/sekisho/searchindex/segment-v1.properties"),
                StandardCharsets.UTF_8)) {
            known.load(in);
        }
        group = new GroupId(value("group"));
        writer = new LeafId(value("writer"));
    }

    private Octets value(String name) {
        return Octets.ofHex(known.getProperty(name));
    }

    private SecretBytes secret(String name) {
        return SecretBytes.copyOf(value(name).toByteArray());
    }

    private CohortKey cohortKey() {
        return CohortKey.of(new ExporterSecret(secret("exporter")), group, 3);
    }

    private SegmentCipher cipher() {
        return new SegmentCipher(cohortKey(), group, value("segment"), writer);
    }

    /** Ascending by message. */
    private List<Item> items() {
        var tokeniser = new Tokeniser(profile);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < TEXTS.size(); i++) {
            byte[] id = new byte[16];
            java.util.Arrays.fill(id, (byte) (0xA0 + i));
            // the model's minutes are not a time of November, its month is: the month comes from a document of its own
            Document document =
                    new Document(Octets.of(id), writer, Instant.parse("2026-11-01T00:00:00Z"), TEXTS.get(i));
            items.add(new Item(document.id(), MINUTE + i, writer, tokeniser.tokens(document)));
        }
        return items;
    }

    private List<Item> newestFirst() {
        return items().stream().sorted(Item.NEWEST_FIRST).toList();
    }

    @Test
    void tokens() {
        List<Item> items = items();
        for (int i = 0; i < items.size(); i++) {
            assertThat(Cbor.encode(items.get(i).tokens().toArray())).isEqualTo(value("tokens" + i));
        }
    }

    @Test
    void keys() {
        assertThat(cohortKey().bytes()).isEqualTo(secret("cohortKey"));
        assertThat(cohortKey().under(new CohortKey(secret("newestKey"))).bytes())
                .isEqualTo(secret("under"));
    }

    @Test
    void tokenAndLabels() {
        byte[] token = cipher().token(value("word").toByteArray());
        assertThat(Octets.of(token)).isEqualTo(value("token"));
        assertThat(Octets.of(new BlockLabels(token).label(1))).isEqualTo(value("label1"));
        assertThat(Octets.of(cipher().paddingLabel(0))).isEqualTo(value("padding0"));
    }

    @Test
    void rows() {
        assertThat(Octets.of(
                        Rows.build(cipher(), 0, MINUTE, false, newestFirst()).orElseThrow()))
                .isEqualTo(value("rows"));
        assertThat(Octets.of(
                        Rows.build(cipher(), 1, MINUTE, false, newestFirst()).orElseThrow()))
                .isEqualTo(value("mergedRows"));
    }

    @Test
    void directory() {
        byte[] sealed = Directory.seal(cipher(), newestFirst());
        assertThat(Sha256.hash(sealed).value()).isEqualTo(value("directory"));
        assertThat(Directory.open(cipher(), sealed)).isEqualTo(newestFirst());
    }

    @Test
    void entryOfTheLog() {
        try (SigningKey key = SigningKey.of(secret("seed"))) {
            Octets segment = value("segment");
            var writing = new SegmentWriter(group, writer, key::sign, target -> {
                System.arraycopy(segment.toByteArray(), 0, target, 0, target.length);
            });
            Hash hash = new Hash(Octets.ofHex("22".repeat(32)));
            Hash roster = new Hash(Octets.ofHex("33".repeat(32)));
            SegmentFile file = writing.write(
                    new SegmentWriter.Plan(
                            new EpochFact(9, 3, hash, roster, anyRoster(key)),
                            3,
                            0,
                            1_740_000_000,
                            profile,
                            false,
                            items(),
                            List.of(),
                            List.of(),
                            Head.empty(group)),
                    cohortKey());
            assertThat(file.manifest().encode()).isEqualTo(value("manifest"));
            assertThat(file.entry().encoded()).isEqualTo(value("entry"));
            assertThat(file.rows()).isEqualTo(value("rows"));
            assertThat(Head.empty(group).after(file.entry().encoded()).hash().value())
                    .isEqualTo(value("head1"));
            assertThat(Entry.decode(value("entry")).signedBy(VerifyingKey.of(value("public"))))
                    .isTrue();
            assertThat(Manifest.decode(value("manifest"))).isEqualTo(file.manifest());

            Stand stand = new Stand(group, writer, hash, roster);
            assertThat(new Tombstone(stand, Octets.ofHex("a0".repeat(16))).encode())
                    .isEqualTo(value("tombstone"));
            assertThat(new Audit(stand, segment, file.manifest().directoryHash(), true).encode())
                    .isEqualTo(value("audit"));
        }
    }

    private Roster anyRoster(SigningKey key) {
        var entry = new org.sekisho.api.group.RosterEntry(
                writer, key.verifyingKey().bytes(), Octets.of(new byte[32]), java.util.Set.of(), 0, Optional.empty());
        return new Roster(group, 0, Optional.empty(), List.of(entry), Sha256.hash(Octets.EMPTY));
    }

    @Test
    void ring() {
        try (SecretBytes join = RingSeal.joinKey(new ExporterSecret(secret("exporter")), group, 3);
                Keyring ring = new Keyring(group)) {
            assertThat(join).isEqualTo(secret("joinKey"));
            ring.add(3, cohortKey(), join);
            assertThat(RingSeal.sealEntry(join, group, 3, cohortKey())).isEqualTo(value("ringEntry"));
            assertThat(ring.ring()).isEqualTo(secret("ring"));
        }
    }
}
