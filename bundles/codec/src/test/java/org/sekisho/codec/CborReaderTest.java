// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.api.Octets;

class CborReaderTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "1817, 23 in two bytes",
        "1900ff, 255 in three bytes",
        "1a0000ffff, 65535 in five bytes",
        "1b00000000ffffffff, 2^32-1 in nine bytes",
        "3817, -24 in two bytes",
        "5801aa, one byte with a long length",
        "790001 61, one character with a long length",
        "980101, array of one with a long length",
        "1b8000000000000000, 2^63",
        "3b8000000000000000, -2^63-1",
        "1c, reserved length 28",
        "1f, indefinite integer",
        "5f4101ff, indefinite bytes",
        "9f01ff, indefinite array",
        "a0, map",
        "c001, tag",
        "f90000, half float",
        "f7, undefined",
        "f8f5, simple value true in two bytes",
        "ff, break",
        "18, head cut off",
        "19ff, length cut off",
        "42aa, bytes cut off",
        "8201, array cut off",
        "5affffffff, four gigabytes announced",
        "5b7fffffffffffffff, eight exabytes announced",
        "9b7fffffffffffffff, as many elements announced",
        "9affffffff, four giga elements announced",
        "61ff, not UTF-8",
        "62c080, overlong UTF-8",
        "63eda080, surrogate in UTF-8",
        "6365cc81, e and combining acute",
        "63e284ab, angstrom sign",
        "0000, byte after the end",
        "8000, byte after the end of an array"
    })
    void rejects(String hex, String why) {
        byte[] encoded = HexFormat.of().parseHex(hex.replace(" ", ""));

        assertThatThrownBy(() -> CborTree.read(encoded)).isInstanceOf(MalformedException.class);
    }

    @Test
    void emptyInputIsRejected() {
        assertMalformed("", CborReader::peek, "input ends early at byte 0");
        assertMalformed("", CborReader::end, "unread elements at byte 0");
    }

    @Test
    void sixteenLevelsAreAcceptedAndSeventeenRejected() {
        String sixteen = "81".repeat(15) + "80";
        assertThat(CborTree.read(HexFormat.of().parseHex(sixteen))).isInstanceOf(List.class);
        assertThatThrownBy(() -> CborTree.read(HexFormat.of().parseHex("81" + sixteen)))
                .isInstanceOf(MalformedException.class)
                .hasMessage("nested too deep at byte 16");
    }

    @Test
    void depthCountsOpenArraysOnly() {
        assertThat(CborTree.read(HexFormat.of().parseHex("9818" + "80".repeat(24))))
                .isInstanceOf(List.class);
    }

    @Test
    void limitsAreInclusive() {
        assertThat(reader("43010203").bytes(3)).hasSize(3);
        assertMalformed("43010203", r -> r.bytes(2), "longer than allowed at byte 0");
        assertThat(reader("63616263").text(3)).isEqualTo("abc");
        assertMalformed("63616263", r -> r.text(2), "longer than allowed at byte 0");
        assertThat(reader("820102").array(2)).isEqualTo(2);
        assertMalformed("820102", r -> r.array(1), "longer than allowed at byte 0");
        assertThat(reader("0a").uint(10)).isEqualTo(10);
        assertMalformed("0a", r -> r.uint(9), "integer out of range at byte 0");
        assertMalformed("20", r -> r.uint(9), "integer out of range at byte 0");
        assertThat(reader("430102f4").bytes(3)).hasSize(3);
        assertMalformed("8143010203", r -> r.item(4), "item too long at byte 0");
    }

    @Test
    void exactLengthsAreDemanded() {
        assertMalformed("420102", r -> r.octetsOf(3), "byte string of other than 3 bytes at byte 0");
        assertMalformed("420102", r -> r.octetsOf(1), "longer than allowed at byte 0");
        assertMalformed("820102", r -> r.arrayOf(3), "array of other than 3 elements at byte 0");
        assertMalformed("820102", r -> r.struct(2, 2), "unknown version at byte 1");
        assertMalformed("82f502", r -> r.struct(1, 2), "not an integer at byte 1");
    }

    @Test
    void typesAreDemanded() {
        assertMalformed("01", r -> r.bytes(9), "unexpected type at byte 0");
        assertMalformed("4101", r -> r.text(9), "unexpected type at byte 0");
        assertMalformed("6161", r -> r.array(9), "unexpected type at byte 0");
        assertMalformed("01", CborReader::bool, "not a boolean at byte 0");
        assertMalformed("f4", CborReader::nil, "not null at byte 0");
        assertMalformed("4101", CborReader::integer, "not an integer at byte 0");
    }

    @Test
    void elementsOfAnArrayEndWithTheArray() {
        var reader = reader("820102");
        reader.array(2);
        reader.integer();
        assertThatThrownBy(reader::end).hasMessage("unread elements at byte 2");
        reader.integer();
        reader.end();
        assertThatThrownBy(reader::integer).hasMessage("no further element at byte 3");
    }

    @Test
    void readsStructures() {
        Octets encoded = Cbor.encode(1, "name", Octets.of((byte) 7), null, true, List.of(3, 4));
        var reader = new CborReader(encoded);
        reader.struct(1, 6);
        assertThat(reader.text(16)).isEqualTo("name");
        assertThat(reader.<Octets>optional(r -> r.octetsOf(1))).contains(Octets.of((byte) 7));
        assertThat(reader.<Octets>optional(r -> r.octetsOf(1))).isEmpty();
        assertThat(reader.bool()).isTrue();
        assertThat(reader.list(2, CborReader::integer)).containsExactly(3L, 4L);
        reader.end();
    }

    @Test
    void embeddedItemIsReturnedAsItIs() {
        var reader = new CborReader(Cbor.encode(List.of(1, List.of("a"))));
        reader.arrayOf(1);
        assertThat(reader.item(16)).isEqualTo(Cbor.encode(1, List.of("a")));
        reader.end();
    }

    @Test
    void messageNamesThePositionAndNeverTheContent() {
        Octets encoded = Cbor.encode(1, "secret word");
        assertThatThrownBy(() -> {
                    var reader = new CborReader(encoded);
                    reader.arrayOf(2);
                    reader.integer();
                    reader.text(3);
                })
                .isInstanceOfSatisfying(
                        MalformedException.class, e -> assertThat(e.position()).isEqualTo(2))
                .hasMessage("longer than allowed at byte 2")
                .hasNoCause();
    }

    private static CborReader reader(String hex) {
        return new CborReader(HexFormat.of().parseHex(hex));
    }

    private static void assertMalformed(String hex, Consumer<CborReader> read, String message) {
        assertThatThrownBy(() -> read.accept(reader(hex)))
                .isInstanceOf(MalformedException.class)
                .hasMessage(message);
    }
}
