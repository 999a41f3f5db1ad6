// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;

/** Runs its saved inputs in every build, and searches for new ones when started with {@code JAZZER_FUZZ=1}. */
class GroupCodecsFuzzTest {

    /** The first octet chooses the decoder. */
    @FuzzTest(maxDuration = "10m")
    void any_input_is_rejected_or_canonical(byte[] input) {
        if (input.length == 0) {
            return;
        }
        var kinds = GroupCodecsTest.kinds().toList();
        var kind = kinds.get(Byte.toUnsignedInt(input[0]) % kinds.size());
        Octets octets = Octets.of(input, 1, input.length - 1);
        try {
            assertThat(kind.reencoded(octets)).isEqualTo(octets);
        } catch (RejectedException e) {
            assertThat(e).hasNoCause();
        }
    }
}
