// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafetyNumberTest {

    @Test
    void twelve_groups_of_five_digits() {
        assertThat(SafetyNumber.of(Hash.of(new byte[32])))
                .isEqualTo("00000 00000 00000 00000 00000 00000 00000 00000 00000 00000 00000 00000");
        assertThat(SafetyNumber.of(Hash.parse("ff".repeat(32)))).matches("(\\d{5} ){11}\\d{5}");
    }

    /** 2^256 - 1 modulo 10^60. */
    @Test
    void digits_are_the_last_of_the_number() {
        assertThat(SafetyNumber.of(Hash.parse("ff".repeat(32))).replace(" ", ""))
                .isEqualTo("423570985008687907853269984665640564039457584007913129639935");
    }

    @Test
    void other_hash_other_digits() {
        assertThat(SafetyNumber.of(Hash.parse("00".repeat(31) + "01")))
                .endsWith(" 00001")
                .isNotEqualTo(SafetyNumber.of(Hash.parse("00".repeat(31) + "02")));
    }
}
