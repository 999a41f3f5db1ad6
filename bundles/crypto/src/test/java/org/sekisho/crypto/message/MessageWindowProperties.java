// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.MalformedException;
import org.sekisho.crypto.Samples;

/** The window against a model that remembers everything; {@code -Dsekisho.seed=N} repeats a run. */
class MessageWindowProperties {

    private static final long SEED = Long.getLong("sekisho.seed", new SplittableRandom().nextLong());

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void agreesWithTheModel() {
        MessageWindow window = new MessageWindow();
        Map<Integer, Long> highest = new HashMap<>();
        Map<Integer, Set<Long>> seen = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            int incarnation = random.nextInt(4);
            long top = highest.getOrDefault(incarnation, -1L);
            long seq = Math.max(0, top + random.nextLong(-1100, random.nextInt(50) == 0 ? 3000 : 20));
            Set<Long> known = seen.computeIfAbsent(incarnation, k -> new HashSet<>());
            Admission expected = seq <= top - MessageWindow.WIDTH
                    ? Admission.TOO_OLD
                    : known.contains(seq) ? Admission.REPLAYED : Admission.FRESH;

            Octets id = Samples.octets(incarnation, 16);
            assertThat(window.check(id, seq)).as("seed %d, step %d", SEED, i).isEqualTo(expected);
            assertThat(window.admit(id, seq)).as("seed %d, step %d", SEED, i).isEqualTo(expected);
            known.add(seq);
            highest.merge(incarnation, seq, Math::max);
            if (random.nextInt(100) == 0) {
                window = MessageWindow.decode(window.encode());
            }
        }
    }

    @Test
    void edgesOfTheWindow() {
        MessageWindow window = new MessageWindow();
        Octets id = Samples.octets(0, 16);
        assertThat(window.admit(id, 5_000)).isEqualTo(Admission.FRESH);
        assertThat(window.check(id, 5_000 - MessageWindow.WIDTH)).isEqualTo(Admission.TOO_OLD);
        assertThat(window.check(id, 5_001 - MessageWindow.WIDTH)).isEqualTo(Admission.FRESH);
        assertThat(window.admit(id, MessageFrame.MAX_SEQ)).isEqualTo(Admission.FRESH);
        assertThat(window.admit(id, MessageFrame.MAX_SEQ)).isEqualTo(Admission.REPLAYED);
        assertThatThrownBy(() -> window.admit(id, MessageFrame.MAX_SEQ + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> window.admit(id, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> window.admit(id.slice(0, 8), 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fullWindowStaysSmall() {
        MessageWindow window = new MessageWindow();
        for (int i = 0; i < MessageWindow.MAX_INCARNATIONS; i++) {
            for (long seq = 0; seq < 2 * MessageWindow.WIDTH; seq++) {
                window.admit(Samples.octets(i, 16), seq);
            }
        }
        assertThat(window.encode().size()).isLessThan(10_500);
        assertThat(MessageWindow.decode(window.encode()).encode()).isEqualTo(window.encode());
    }

    /** A window stored by an earlier version must load: one incarnation, highest 2, of which 0 and 2 were seen. */
    @Test
    void frozenWindowLoads() {
        Octets stored = Octets.ofHex("82018183" + "50" + "00".repeat(16) + "02" + "4105");
        MessageWindow window = MessageWindow.decode(stored);
        Octets id = Octets.of(new byte[16]);
        assertThat(window.encode()).isEqualTo(stored);
        assertThat(window.check(id, 0)).isEqualTo(Admission.REPLAYED);
        assertThat(window.check(id, 1)).isEqualTo(Admission.FRESH);
        assertThat(window.check(id, 2)).isEqualTo(Admission.REPLAYED);
    }

    @Test
    void storedNonsenseIsMalformed() {
        Octets track = Octets.of(new byte[16]);
        Octets twice = Cbor.encode(
                1,
                java.util.List.of(java.util.List.of(track, 0, new byte[1]), java.util.List.of(track, 0, new byte[1])));
        assertThatThrownBy(() -> MessageWindow.decode(twice)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> MessageWindow.decode(Octets.EMPTY)).isInstanceOf(MalformedException.class);
    }
}
