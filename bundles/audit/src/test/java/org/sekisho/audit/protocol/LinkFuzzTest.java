// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.audit.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.sekisho.api.Octets;
import org.sekisho.codec.MalformedException;

/** Whatever stands in the database is refused, or is exactly what would have been written. */
class LinkFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void anyRecordIsRejectedOrCanonical(byte[] input) {
        try {
            assertThat(Link.encode(Link.decode(Octets.of(input)))).isEqualTo(Octets.of(input));
        } catch (MalformedException e) {
            // The declared error.
        }
    }

    @FuzzTest(maxDuration = "10m")
    void anyHeadIsRejectedOrCanonical(byte[] input) {
        try {
            assertThat(Head.decode(Octets.of(input)).encode()).isEqualTo(Octets.of(input));
        } catch (MalformedException e) {
            // The declared error.
        }
    }
}
