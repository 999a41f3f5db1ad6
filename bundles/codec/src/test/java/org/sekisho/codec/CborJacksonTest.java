// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Octets;

/** Jackson's independent CBOR reads what we write. */
class CborJacksonTest {

    private static final int COUNT = 2_000;

    private final CBORMapper jackson = new CBORMapper();

    @Test
    void jacksonReadsWhatWeWrite() throws IOException {
        var trees = new RandomTrees(20261121);
        for (int i = 0; i < COUNT; i++) {
            Object tree = trees.next(6);
            assertSame(jackson.readTree(CborTree.write(tree)), tree);
        }
    }

    private static void assertSame(JsonNode node, Object tree) throws IOException {
        if (tree instanceof Long integer) {
            assertThat(node.isIntegralNumber()).isTrue();
            assertThat(node.bigIntegerValue().longValueExact()).isEqualTo(integer);
        } else if (tree instanceof Octets octets) {
            assertThat(node.binaryValue()).isEqualTo(octets.toByteArray());
        } else if (tree instanceof String text) {
            assertThat(node.textValue()).isEqualTo(text);
        } else if (tree instanceof Boolean bool) {
            assertThat(node.booleanValue()).isEqualTo(bool);
        } else if (tree instanceof List<?> list) {
            assertThat(node.isArray()).isTrue();
            assertThat(node.size()).isEqualTo(list.size());
            for (int i = 0; i < list.size(); i++) {
                assertSame(node.get(i), list.get(i));
            }
        } else {
            assertThat(node.isNull()).isTrue();
        }
    }
}
