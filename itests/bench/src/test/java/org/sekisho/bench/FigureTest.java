// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FigureTest {

    @Test
    void printsOneLineOfJson() {
        assertThat(new Figure("a.b", 12.34567, "us", "raw", 1.5).json())
                .isEqualTo("{\"name\":\"a.b\",\"value\":12.346,\"unit\":\"us\",\"against\":\"raw\",\"ratio\":1.500}");
    }

    @Test
    void refusesNamesThatWouldBreakTheLine() {
        assertThatThrownBy(() -> new Figure("a\"b", 1, "us", "raw", 1).json())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesTheMedian() {
        assertThat(Sampler.median(new double[] {9, 1, 5})).isEqualTo(5);
    }
}
