// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;

/** Frozen answers of the independent model src/test/model/two_random.py. */
class FormulasVectorsTest {

    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\": (?:\"(\\w+)\"|(\\d+)|null)");

    static Stream<Map<String, String>> vectors() throws IOException {
        String json;
        try (InputStream in = FormulasVectorsTest.class.getResourceAsStream("/two-random-vectors.json")) {
            json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<Map<String, String>> cases = new ArrayList<>();
        for (String object : json.split("}")) {
            Map<String, String> fields = new HashMap<>();
            Matcher m = FIELD.matcher(object);
            while (m.find()) {
                String value = m.group(2) != null ? m.group(2) : m.group(3);
                if (value != null) {
                    fields.put(m.group(1), value);
                }
            }
            if (!fields.isEmpty()) {
                cases.add(fields);
            }
        }
        assertThat(cases).hasSize(4);
        return cases.stream();
    }

    private static SecretBytes secret(String hex) {
        return SecretBytes.take(Octets.ofHex(hex).toByteArray());
    }

    private static String hex(SecretBytes secret) {
        return secret.use(b -> Octets.of(b).hex());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void equals_the_model(Map<String, String> v) {
        GroupId group = GroupId.parse(v.get("group"));
        Hash roster = Hash.parse(v.get("roster"));
        long rn1Gen = Long.parseLong(v.get("rn1Gen"));
        long rn2Gen = Long.parseLong(v.get("rn2Gen"));
        Optional<Hash> last = Optional.ofNullable(v.get("lastStep")).map(Hash::parse);
        try (SecretBytes rn1 = secret(v.get("rn1"));
                SecretBytes rn2 = secret(v.get("rn2"))) {
            assertThat(hex(Formulas.schemeSecret(rn2, rn1))).isEqualTo(v.get("schemeSecret"));
            assertThat(hex(Formulas.joinStep(rn1, group, rn1Gen, roster))).isEqualTo(v.get("joinStep"));
            assertThat(Formulas.rn1Commitment(group, rn1Gen, rn1)).hasToString(v.get("rn1Commitment"));
            assertThat(Formulas.rn2Commitment(group, rn2Gen, rn2)).hasToString(v.get("rn2Commitment"));
        }
        assertThat(Formulas.joinStepHash(group, rn1Gen, roster)).hasToString(v.get("joinStepHash"));
        assertThat(Formulas.transcriptHash(rn1Gen, rn2Gen, roster, last)).hasToString(v.get("transcriptHash"));
    }
}
