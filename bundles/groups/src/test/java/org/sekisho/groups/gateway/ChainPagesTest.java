// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Right;
import org.sekisho.api.groups.ChainPage;
import org.sekisho.api.groups.GroupChain;
import org.sekisho.groups.chain.ChainCheck;

/** A long chain in pages. */
class ChainPagesTest {

    private static final int EPOCHS = 12;
    private static final int MOST = 5;

    private final GatewayWorld world = new GatewayWorld();

    private ChainPage page(Optional<String> cursor) {
        return world.host.chain(GatewayWorld.caller(world.alice), world.group, cursor, MOST);
    }

    /** One more epoch with one more roster. */
    private void step(int n) {
        world.propose(
                world.alice,
                world.alice.entry(1, Right.values()),
                n % 2 == 0 ? world.bob.entry(2, Right.INVITE) : world.bob.entry(2));
        world.commit(world.alice);
    }

    @Test
    void pages_are_bounded_and_together_the_whole_verified_chain() {
        world.three();
        for (int n = 0; n < EPOCHS; n++) {
            step(n);
        }
        List<ChainPage> pages = new ArrayList<>();
        GroupChain chain = GroupChain.of(cursor -> {
            ChainPage page = page(cursor);
            pages.add(page);
            if (pages.size() == 1) {
                step(EPOCHS); // what happens meanwhile is not in this chain
            }
            return page;
        });

        assertThat(pages).hasSizeGreaterThan(2);
        assertThat(pages).allSatisfy(page -> assertThat(page.policies().size()
                        + page.rosters().size()
                        + page.commits().size())
                .isBetween(1, MOST));
        assertThat(chain.commits()).hasSize(EPOCHS + 2);
        assertThat(ChainCheck.verify(world.group, chain).epoch()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "1", "1.2.3.4", "1.2.3.4.5.6", "9.0.0.0.0", "-1.0.0.0.0", "0.-1.0.0.0", "00.0.0.0.0"})
    void a_strange_cursor_is_refused(String cursor) {
        world.founded();
        assertThatThrownBy(() -> page(Optional.of(cursor)))
                .isInstanceOfSatisfying(
                        RejectedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED));
    }
}
