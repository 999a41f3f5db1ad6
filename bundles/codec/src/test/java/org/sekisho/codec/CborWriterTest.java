// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

class CborWriterTest {

    @Test
    void encodesEveryKindOfElement() {
        Octets encoded = Cbor.encode(
                1,
                2L,
                "a",
                new byte[] {3},
                Octets.of((byte) 4),
                true,
                null,
                Optional.empty(),
                Optional.of(5),
                List.of());
        assertThat(encoded.hex()).isEqualTo("8a0102616141034104f5f6f60580");
    }

    @Test
    void identifiersAreByteStrings() {
        Octets encoded = Cbor.encode(Hash.of(new byte[32]), LeafId.of(new byte[32]), GroupId.of(new byte[16]));
        var reader = new CborReader(encoded);
        reader.arrayOf(3);
        assertThat(reader.hash()).isEqualTo(Hash.of(new byte[32]));
        assertThat(reader.leafId()).isEqualTo(LeafId.of(new byte[32]));
        assertThat(reader.groupId()).isEqualTo(GroupId.of(new byte[16]));
        reader.end();
    }

    @Test
    void unknownElementIsRefused() {
        assertThatThrownBy(() -> Cbor.encode(1.5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void arrayMustBeFilledExactly() {
        assertThatThrownBy(() -> new CborWriter().array(1).toByteArray()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new CborWriter().toByteArray()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new CborWriter().array(0).integer(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new CborWriter().integer(1).integer(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new CborWriter().array(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nestingBeyondTheReadersIsRefused() {
        var writer = new CborWriter();
        for (int depth = 0; depth < CborReader.MAX_DEPTH; depth++) {
            writer.array(1);
        }
        assertThatThrownBy(() -> writer.array(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textMustBeInNormalFormC() {
        String decomposed = "e\u0301";
        assertThatThrownBy(() -> Cbor.encode(decomposed)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Cbor.encode(Cbor.nfc(decomposed)).hex()).isEqualTo("8162c3a9");
        assertThatThrownBy(() -> Cbor.encode("\ud800")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void embeddedItemIsChecked() {
        Octets inner = Cbor.encode(1, List.of("a", true));
        assertThat(new CborWriter().array(2).integer(0).item(inner).toOctets())
                .isEqualTo(Cbor.encode(0, List.of(1, List.of("a", true))));
        Octets malformed = Octets.ofHex("9f01ff");
        assertThatThrownBy(() -> new CborWriter().item(malformed)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> Cbor.wellFormed(malformed)).isInstanceOf(MalformedException.class);
        assertThat(Cbor.wellFormed(inner)).isEqualTo(inner);
    }
}
