// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The demonstration is a test: P3 for one swap, P5 and P6 on the real process. */
class DemoIT {

    @Test
    void nothingIsLostLeakedOrLetThrough() throws Exception {
        assertThat(Demo.perform(Path.of(System.getProperty("sekisho.distribution")), Conversation.builtIn()))
                .isTrue();
    }
}
