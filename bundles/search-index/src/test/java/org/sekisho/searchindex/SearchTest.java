// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sekisho.api.group.History;

class SearchTest {

    private final TestGroup group = new TestGroup(History.FULL, 1, "owner", "bob", "carol");

    @Test
    void everybodyFindsWhatAnybodyWrote() {
        group.member("owner").write("The quick brown fox");
        group.member("bob").write("a lazy FOX sleeps");

        assertThat(group.member("carol").find("fox"))
                .containsExactlyInAnyOrder("The quick brown fox", "a lazy FOX sleeps");
        assertThat(group.member("bob").find("quick fox")).containsExactly("The quick brown fox");
        assertThat(group.member("bob").find("quick OR lazy")).hasSize(2);
        assertThat(group.member("bob").find("\"brown fox\"")).hasSize(1);
        assertThat(group.member("bob").find("\"fox brown\"")).isEmpty();
        assertThat(group.member("bob").find("absent")).isEmpty();
    }
}
