// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.crypto.Hpke;
import org.sekisho.crypto.HpkePublicKey;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.X25519;
import org.sekisho.crypto.schedule.KeySchedule;
import org.sekisho.crypto.schedule.SchemeSecret;

/** Frozen answers of the independent model src/test/model/key_derivation.py, written by vectors.py: every value of 0035 section 3. */
class KeyEquationsVectorsTest {

    private static JsonNode vectors() throws IOException {
        try (InputStream in = KeyEquationsVectorsTest.class.getResourceAsStream("/key-derivation-vectors.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    /** A case that shows its name. */
    record Case(JsonNode json) {
        @Override
        public String toString() {
            return json.get(json.has("name") ? "name" : "id").asText();
        }
    }

    static Stream<Case> cases() throws IOException {
        return stream(vectors().get("cases")).map(Case::new);
    }

    static Stream<Case> rings() throws IOException {
        return cases().filter(c -> c.json.has("leaves"));
    }

    static Stream<Case> welcomes() throws IOException {
        return stream(vectors().get("welcomes")).map(Case::new);
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Octets octets(JsonNode v, String field) {
        return Octets.ofHex(v.get(field).asText());
    }

    private static Optional<Octets> optional(JsonNode v, String field) {
        return Optional.ofNullable(v.get(field)).filter(f -> !f.isNull()).map(f -> Octets.ofHex(f.asText()));
    }

    private static Hash hash(JsonNode v, String field) {
        return new Hash(octets(v, field));
    }

    private static SecretBytes secret(JsonNode v, String field) {
        return SecretBytes.take(octets(v, field).toByteArray());
    }

    private static LeafId leaf(JsonNode v, String field) {
        return new LeafId(octets(v, field));
    }

    private static List<LeafId> leaves(JsonNode v, String field) {
        return stream(v.get(field))
                .map(id -> new LeafId(Octets.ofHex(id.asText())))
                .toList();
    }

    private static void assertSecret(SecretBytes made, JsonNode v, String field) {
        try (made) {
            assertThat(made.<Octets>use(Octets::of)).as(field).isEqualTo(octets(v, field));
        }
    }

    /** Leaves of the model's roster, in order; what else an entry has, no equation looks at. */
    private static Roster roster(JsonNode v) {
        Octets any = Octets.of(new byte[32]);
        return new Roster(
                new GroupId(octets(v, "group")),
                0,
                Optional.empty(),
                leaves(v, "roster").stream()
                        .map(leaf -> new RosterEntry(leaf, any, any, Set.of(), 1, Optional.empty()))
                        .toList(),
                new Hash(any));
    }

    private static Attempt attempt(JsonNode v) {
        return Attempt.of(
                new GroupId(octets(v, "group")),
                v.get("epochTarget").asLong(),
                Op.valueOf(v.get("op").asText()),
                v.get("attempt").asLong(),
                optional(v, "previous").map(Hash::new),
                hash(v, "rosterHash"),
                roster(v),
                leaves(v, "active"),
                hash(v, "ringHash"),
                leaves(v, "joiners"),
                v.get("audit").asBoolean());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void context_and_what_follows_agreement(Case c) {
        JsonNode v = c.json;
        Attempt attempt = attempt(v);
        assertThat(attempt.encode()).isEqualTo(octets(v, "ctx"));
        Hash ctxHash = hash(v, "ctxHash");
        assertThat(attempt.hash()).isEqualTo(ctxHash);
        Hash ring = attempt.op() == Op.UPDATE ? hash(v, "ringHash") : KeyEquations.ring(ctxHash);
        assertThat(ring).isEqualTo(hash(v, "ringHashAfter"));

        Hash sid = hash(v, "sid");
        Optional<Hash> maskHash = optional(v, "mask").map(Sha256::hash);
        assertThat(KeyEquations.transcript(ctxHash, sid, optional(v, "kPrime"), maskHash))
                .isEqualTo(hash(v, "transcriptHash"));
        var header = EpochCodec.decodeHeader(octets(v, "header"));
        assertThat(header.transcriptHash()).isEqualTo(hash(v, "transcriptHash"));
        Hash headerHash = hash(v, "headerHash");
        assertThat(Sha256.hash(octets(v, "header"))).isEqualTo(headerHash);

        try (SecretBytes schemeSecret = secret(v, "schemeSecret");
                SchemeSecret scheduled = new SchemeSecret(schemeSecret.duplicate())) {
            assertThat(KeySchedule.confirmTag(headerHash, scheduled)).isEqualTo(octets(v, "confirmTag"));
            for (JsonNode tag : v.get("leafTags")) {
                LeafId leaf = new LeafId(Octets.ofHex(tag.get(0).asText()));
                assertThat(KeyEquations.leafTag(schemeSecret, headerHash, leaf))
                        .isEqualTo(Octets.ofHex(tag.get(1).asText()));
            }
            for (JsonNode held : v.get("heldAfter")) {
                assertSecret(KeyEquations.state(schemeSecret, headerHash), held, "rs");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void without_a_ring(Case c) {
        JsonNode v = c.json;
        if (v.has("leaves")) {
            return;
        }
        Hash ctxHash = hash(v, "ctxHash");
        assertThat(KeyEquations.sid(ctxHash)).isEqualTo(hash(v, "sid"));
        if (v.has("rho")) {
            assertSecret(KeyEquations.solo(secret(v, "st"), secret(v, "rho"), ctxHash), v, "schemeSecret");
        } else {
            for (JsonNode held : v.get("heldBefore")) {
                assertSecret(KeyEquations.updatePart(secret(held, "rs"), ctxHash), v, "k2");
            }
            assertSecret(KeyEquations.schemeSecret(secret(v, "k1"), secret(v, "k2")), v, "schemeSecret");
        }
    }

    @ParameterizedTest
    @MethodSource("rings")
    void both_rounds(Case c) {
        JsonNode v = c.json;
        Hash ctxHash = hash(v, "ctxHash");
        Hash sid = hash(v, "sid");
        List<Commitment> firsts = new ArrayList<>();
        for (JsonNode leaf : v.get("leaves")) {
            LeafId id = leaf(leaf, "id");
            try (RoundSecrets drawn = KeyEquations.roundSecrets(secret(leaf, "st"), secret(leaf, "rho"), ctxHash)) {
                assertThat(drawn.r().<Octets>use(Octets::of)).isEqualTo(octets(leaf, "r"));
                assertThat(drawn.k().<Octets>use(Octets::of)).isEqualTo(octets(leaf, "k"));
                assertThat(drawn.s().<Octets>use(Octets::of)).isEqualTo(octets(leaf, "s"));
                optional(leaf, "R").ifPresent(point -> assertThat(X25519.publicKey(drawn.r()))
                        .isEqualTo(point));
                Hash commitment = KeyEquations.commitment(ctxHash, id, drawn.k(), drawn.s());
                assertThat(commitment).isEqualTo(hash(leaf, "c"));
                firsts.add(new Commitment(ctxHash, id, optional(leaf, "R"), commitment));
            }
            assertThat(firsts.get(firsts.size() - 1).encode()).isEqualTo(octets(leaf, "d1"));
        }
        assertThat(KeyEquations.sid(ctxHash, firsts)).isEqualTo(sid);
        JsonNode leaves = v.get("leaves");
        int n = leaves.size();
        Octets prefix = Octets.of(new byte[32]);
        for (int i = 0; i < n; i++) {
            JsonNode leaf = leaves.get(i);
            JsonNode next = leaves.get((i + 1) % n);
            JsonNode before = leaves.get((i + n - 1) % n);
            assertEdgeSecret(v, i, leaf, next);
            SecretBytes edge =
                    KeyEquations.edge(secret(leaf, "edgeSecret"), ctxHash, sid, i, leaf(leaf, "id"), leaf(next, "id"));
            assertSecret(edge, leaf, "edge");
            Octets sum = KeyEquations.sum(secret(before, "edge"), secret(leaf, "edge"));
            assertThat(sum).isEqualTo(octets(leaf, "T"));
            assertThat(prefix).isEqualTo(octets(leaf, "P"));
            assertSecret(KeyEquations.xor(secret(before, "edge"), prefix), leaves.get(n - 1), "edge");
            prefix = KeyEquations.xor(prefix, sum);
        }
        assertThat(prefix).as("the sum of all T").isEqualTo(Octets.of(new byte[32]));
    }

    /** DH from both ends where the edge is fresh, what was stored where it is not. */
    private static void assertEdgeSecret(JsonNode v, int i, JsonNode leaf, JsonNode next) {
        boolean virtual = i == 0 && v.has("virtualScalar");
        if (virtual) {
            for (JsonNode held : v.get("heldBefore")) {
                assertSecret(KeyEquations.virtualScalar(secret(held, "rs"), hash(v, "ctxHash")), v, "virtualScalar");
            }
            assertThat(X25519.publicKey(secret(v, "virtualScalar"))).isEqualTo(octets(v, "virtualPoint"));
            assertSecret(KeyEquations.agree(secret(leaf, "r"), octets(v, "virtualPoint")), leaf, "edgeSecret");
            assertSecret(KeyEquations.agree(secret(v, "virtualScalar"), octets(leaf, "R")), leaf, "edgeSecret");
        } else if (leaf.get("edgeFresh").asBoolean()) {
            assertSecret(KeyEquations.agree(secret(leaf, "r"), octets(next, "R")), leaf, "edgeSecret");
            assertSecret(KeyEquations.agree(secret(next, "r"), octets(leaf, "R")), leaf, "edgeSecret");
        } else {
            JsonNode held = v.get("heldBefore").get(leaf.get("name").asText());
            assertThat(octets(held, "right")).isEqualTo(octets(leaf, "edgeSecret"));
        }
    }

    @ParameterizedTest
    @MethodSource("rings")
    void mask_and_key(Case c) {
        JsonNode v = c.json;
        Hash ctxHash = hash(v, "ctxHash");
        Hash sid = hash(v, "sid");
        JsonNode first = v.get("leaves").get(0);
        JsonNode last = v.get("leaves").get(v.get("leaves").size() - 1);
        LeafId representative = leaf(first, "id");
        Octets mask = octets(v, "mask");
        assertThat(KeyEquations.mask(
                        secret(last, "edge"), ctxHash, sid, representative, secret(first, "k"), secret(first, "s")))
                .isEqualTo(mask);
        Octets both = Octets.concat(octets(first, "k"), octets(first, "s"));
        try (SecretBytes opened = KeyEquations.openMask(secret(last, "edge"), ctxHash, sid, representative, mask)
                .orElseThrow()) {
            assertThat(opened.<Octets>use(Octets::of)).isEqualTo(both);
        }
        Octets sum = octets(v, "kServer");
        for (JsonNode leaf : v.get("leaves")) {
            boolean masked = leaf == first;
            sum = masked ? sum : KeyEquations.xor(sum, octets(leaf, "k"));
            Octets opening = masked ? mask : Octets.concat(octets(leaf, "k"), octets(leaf, "s"));
            Opening d3 = new Opening(
                    ctxHash, sid, leaf(leaf, "id"), octets(leaf, "T"), Optional.of(opening), Optional.empty());
            assertThat(d3.encode()).isEqualTo(octets(leaf, "d3"));
        }
        assertThat(sum).isEqualTo(octets(v, "kPrime"));
        SecretBytes k2 = KeyEquations.memberPart(ctxHash, sid, sum, secret(first, "k"), secret(last, "edge"));
        assertSecret(k2, v, "k2");
        assertSecret(KeyEquations.schemeSecret(secret(v, "k1"), secret(v, "k2")), v, "schemeSecret");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void sealed_k1(Case c) {
        JsonNode v = c.json;
        for (JsonNode sealed : v.has("sealed") ? v.get("sealed") : v.get("joiners")) {
            Octets context = KeyEquations.sealContext(hash(v, "ctxHash"), hash(v, "sid"), leaf(sealed, "id"));
            assertSeal(sealed, "public", KeyEquations.SEAL_K1, context, secret(v, "k1"), "ephemeral", "sealed");
        }
    }

    private static void assertSeal(
            JsonNode v, String key, String label, Octets context, SecretBytes plain, String ephemeral, String sealed) {
        byte[] fixed = octets(v, ephemeral).toByteArray();
        Octets made = Hpke.seal(
                new HpkePublicKey(octets(v, key)),
                label,
                context,
                plain,
                target -> System.arraycopy(fixed, 0, target, 0, target.length));
        assertThat(made).isEqualTo(octets(v, sealed));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void stored_edges(Case c) {
        JsonNode v = c.json;
        Hash headerHash = hash(v, "headerHash");
        JsonNode before = v.get("heldBefore");
        JsonNode after = v.get("heldAfter");
        List<String> ring = new ArrayList<>();
        after.fieldNames().forEachRemaining(ring::add);
        int n = ring.size();
        for (int i = 0; i < n && n > 1; i++) {
            JsonNode leaf = after.get(ring.get(i));
            JsonNode next = after.get(ring.get((i + 1) % n));
            assertThat(octets(leaf, "right")).isEqualTo(octets(next, "left"));
            Optional<JsonNode> fresh = fresh(v, ring.get(i), ring.get((i + 1) % n));
            if (fresh.isPresent()) {
                SecretBytes made = KeyEquations.freshEdge(
                        secret(fresh.get(), "edgeSecret"), headerHash, leaf(leaf, "id"), leaf(next, "id"));
                assertSecret(made, leaf, "right");
            } else {
                SecretBytes old = secret(before.get(ring.get(i)), "right");
                assertSecret(KeyEquations.ratchet(old, headerHash), leaf, "right");
            }
        }
    }

    private static Optional<JsonNode> fresh(JsonNode v, String left, String right) {
        if (!v.has("leaves")) {
            return Optional.empty();
        }
        JsonNode leaves = v.get("leaves");
        for (int i = 0; i < leaves.size(); i++) {
            boolean virtual = i == 0 && v.has("virtualScalar");
            String next = leaves.get((i + 1) % leaves.size()).get("name").asText();
            boolean it = leaves.get(i).get("name").asText().equals(left) && next.equals(right);
            if (it && !virtual && leaves.get(i).get("edgeFresh").asBoolean()) {
                return Optional.of(leaves.get(i));
            }
        }
        return Optional.empty();
    }

    @ParameterizedTest
    @MethodSource("welcomes")
    void welcome(Case c) {
        JsonNode v = c.json;
        Prekey prekey = Prekey.decode(octets(v, "prekey"));
        assertThat(prekey.encode()).isEqualTo(octets(v, "prekey"));
        Hash prekeyHash = hash(v, "prekeyHash");
        assertThat(Sha256.hash(prekey.encode())).isEqualTo(prekeyHash);
        assertThat(X25519.publicKey(secret(v, "private"))).isEqualTo(prekey.key());
        Hash headerHash = hash(v, "headerHash");
        Octets context = KeyEquations.welcomeContext(headerHash, leaf(v, "id"), prekeyHash);
        assertThat(context).isEqualTo(octets(v, "context"));
        JsonNode keyed = v;
        assertSeal(keyed, "public", KeyEquations.SEAL_WELCOME_USER, context, secret(v, "k2"), "ephemeralUser", "user");
        assertSeal(
                keyed,
                "public",
                KeyEquations.SEAL_WELCOME_SERVER,
                context,
                secret(v, "k1"),
                "ephemeralServer",
                "server");
        assertThat(Sponsored.signed(headerHash, leaf(v, "id"), prekeyHash, octets(v, "user"), hash(v, "ringHash")))
                .isEqualTo(octets(v, "signedBySponsor"));
    }
}
