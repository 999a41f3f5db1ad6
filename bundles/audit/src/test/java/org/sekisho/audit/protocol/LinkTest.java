// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.audit.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Octets;
import org.sekisho.api.audit.AuditEntry;
import org.sekisho.api.audit.AuditRecord;
import org.sekisho.codec.MalformedException;

class LinkTest {

    private static final Octets SCOPE = Octets.utf8("gateway");
    private static final AuditRecord FIRST = Link.following(
            Head.ofEmpty(SCOPE),
            Instant.parse("2026-11-21T09:00:00.123456Z"),
            AuditEntry.ok("admin", "directory.invite", "CN=鈴木 花子", "leaf 00"));

    /** A frozen sample: a trail written by an earlier version must stay verifiable. */
    @Test
    void stored_form_is_frozen() {
        assertThat(Head.ofEmpty(SCOPE).hash().toString())
                .isEqualTo("319e543a13981e516718979ade2b8e1316c84893e24a4c711f2d1181946a651b");
        assertThat(FIRST.hash().toString())
                .isEqualTo("4df72a3fa9170a9b2104ea39517c65fc8e31fd25615bcbf3e91b987f34b2357c");
        assertThat(Link.encode(FIRST).hex())
                .isEqualTo(
                        "8901011b000001a1fd557afb6561646d696e706469726563746f72792e696e7669746570434e3de988b4e69ca820e88ab1e5ad90626f6b676c65616620303058204df72a3fa9170a9b2104ea39517c65fc8e31fd25615bcbf3e91b987f34b2357c");
    }

    @Test
    void decodes_what_it_encoded() {
        assertThat(Link.decode(Link.encode(FIRST))).isEqualTo(FIRST);
    }

    @Test
    void follows_only_its_predecessor() {
        assertThat(Link.follows(Head.ofEmpty(SCOPE), FIRST)).isTrue();
        assertThat(Link.follows(Head.ofEmpty(Octets.utf8("other")), FIRST)).isFalse();
        assertThat(Link.follows(new Head(1, FIRST.hash()), FIRST)).isFalse();
    }

    @Test
    void changed_octets_are_refused_or_break_the_link() {
        byte[] encoded = Link.encode(FIRST).toByteArray();
        for (int seed = 0; seed < 50_000; seed++) {
            var random = new Random(seed);
            byte[] changed = encoded.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
            assertThat(acceptable(Octets.of(changed))).as("seed %d", seed).isFalse();
        }
    }

    private static boolean acceptable(Octets stored) {
        try {
            return Link.follows(Head.ofEmpty(SCOPE), Link.decode(stored));
        } catch (MalformedException e) {
            return false;
        }
    }
}
