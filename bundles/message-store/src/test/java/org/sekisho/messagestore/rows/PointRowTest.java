// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

class PointRowTest {

    /** Four leaves of one member leave room for another member's word. */
    @Test
    void one_members_leaves_do_not_take_every_place_beside_a_point() {
        Octets point = Octets.of(new byte[32]);
        PointRow row = new PointRow(1, 1, point, false, List.of());
        for (int device = 0; device < PointRow.MAX_WORDS + 1; device++) {
            row = row.with(new PointRow.Word(leaf(1, device), Octets.EMPTY));
        }
        row = row.with(new PointRow.Word(leaf(2, 0), Octets.EMPTY));
        assertThat(row.words())
                .hasSize(PointRow.MAX_WORDS)
                .extracting(w -> w.by())
                .contains(leaf(1, 0), leaf(2, 0));
    }

    private static LeafId leaf(int member, int device) {
        byte[] id = new byte[32];
        id[0] = (byte) member;
        id[31] = (byte) device;
        return new LeafId(Octets.of(id));
    }
}
