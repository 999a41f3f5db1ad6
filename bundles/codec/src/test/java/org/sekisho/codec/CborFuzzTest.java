// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Runs its saved inputs in every build, and searches for new ones when started with {@code JAZZER_FUZZ=1}. */
class CborFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void anyInputIsRejectedOrCanonical(byte[] input) {
        CborProperties.rejectedOrCanonical(input);
    }
}
