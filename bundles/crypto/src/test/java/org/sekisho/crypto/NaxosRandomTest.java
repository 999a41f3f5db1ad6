// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Entropy;

class NaxosRandomTest {

    private final Entropy broken = target -> java.util.Arrays.fill(target, (byte) 0);

    @Test
    void brokenSystemDoesNotRevealWhatAnotherDeviceDraws() {
        try (var one = new NaxosRandom(Samples.secret(1, 32), broken);
                var other = new NaxosRandom(Samples.secret(2, 32), broken)) {
            assertThat(one.next(32)).isNotEqualTo(other.next(32)).isNotEqualTo(new byte[32]);
        }
    }

    @Test
    void sameDeviceSecretDoesNotRepeat() {
        try (var first = new NaxosRandom(Samples.secret(1, 32));
                var second = new NaxosRandom(Samples.secret(1, 32))) {
            assertThat(first.next(32)).isNotEqualTo(second.next(32));
        }
    }

    @Test
    void freshRandomnessIsMixedInRegularly() {
        var asked = new AtomicInteger();
        Entropy counted = target -> {
            asked.incrementAndGet();
            new SystemEntropy().fill(target);
        };
        try (var random = new NaxosRandom(Samples.secret(1, 32), counted)) {
            for (int i = 0; i < 2 * NaxosRandom.RESEED_INTERVAL + 1; i++) {
                random.next(1);
            }
        }
        assertThat(asked).hasValue(3);
    }

    @Test
    void threadsNeverGetTheSame() {
        Set<Octets> drawn = ConcurrentHashMap.newKeySet();
        try (var random = new NaxosRandom(Samples.secret(1, 32))) {
            IntStream.range(0, 5_000).parallel().forEach(i -> drawn.add(Octets.of(random.next(16))));
        }
        assertThat(drawn).hasSize(5_000);
    }

    @Test
    void closedOrShortIsRefused() {
        var closed = new NaxosRandom(Samples.secret(1, 32));
        closed.close();
        assertThatThrownBy(() -> closed.next(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new NaxosRandom(Samples.secret(1, 31))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void longRequestsAreFilled() {
        try (var random = new NaxosRandom(Samples.secret(1, 32))) {
            byte[] long1 = random.next(200_000);
            assertThat(Octets.of(long1, 199_968, 32)).isNotEqualTo(Octets.of(new byte[32]));
        }
    }
}
