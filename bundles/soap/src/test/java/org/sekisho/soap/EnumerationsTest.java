// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sekisho.soap.wire.Capability;

/** The contract knows every value that the services have: one it does not know would end an answer as an internal error. */
class EnumerationsTest {

    @Test
    void capabilities() {
        assertThat(Stream.of(Capability.values()).map(Capability::value))
                .containsExactlyInAnyOrderElementsOf(Stream.of(org.sekisho.api.scheme.Capability.values())
                        .map(Enum::name)
                        .toList());
    }

    @Test
    void eachIsTranslated() {
        for (var capability : org.sekisho.api.scheme.Capability.values()) {
            Capability wire = (Capability) Beans.value(Capability.class, capability);
            assertThat(wire.value()).isEqualTo(capability.name());
        }
    }
}
