// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Annotation;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.Party;
import org.sekisho.api.scheme.Capability;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.keyderivation.wire.MessageType;

class KeyDerivationComponentTest {

    private record Config(long quiet, long round, int epochs) implements KeyDerivationConfig {
        @Override
        public long quiet_milliseconds() {
            return quiet;
        }

        @Override
        public long round_milliseconds() {
            return round;
        }

        @Override
        public long flaky_seconds() {
            return 600;
        }

        @Override
        public long refresh_seconds() {
            return 86_400;
        }

        @Override
        public int refresh_epochs() {
            return epochs;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return KeyDerivationConfig.class;
        }
    }

    private final GroupKeyScheme scheme = new KeyDerivationComponent(new Config(5000, 20_000, 50));

    @Test
    void describes_itself() {
        assertThat(scheme.descriptor().id()).isEqualTo("key-derivation");
        assertThat(scheme.descriptor().prefix()).isEqualTo("dmkd/");
        assertThat(scheme.descriptor().blind()).isTrue();
        assertThat(scheme.descriptor().capabilities())
                .contains(Capability.LATE_KEYS, Capability.O1_PASSIVE_JOIN, Capability.FORWARD_SECRET);
    }

    @Test
    void a_round_is_never_shorter_than_its_pauses_and_nonsense_is_refused() {
        assertThat(new KeyDerivationComponent(new Config(5000, 100, 1)).descriptor())
                .isEqualTo(scheme.descriptor());
        assertThatThrownBy(() -> new KeyDerivationComponent(new Config(0, 0, 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeyDerivationComponent(new Config(100, 100, 0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_all_must_see_alike_is_told_to_everyone_only() {
        Party one = new Party.Member(org.sekisho.api.LeafId.of(new byte[32]));
        for (String type : new String[] {
            MessageType.START, MessageType.ROUND_1_DONE, MessageType.KEYS, MessageType.UPDATE, MessageType.COMMIT
        }) {
            assertThat(scheme.admits(type, one)).isFalse();
            assertThat(scheme.admits(type, Party.EVERYONE)).isTrue();
        }
        assertThat(scheme.admits(MessageType.ROUND_2, Party.EVERYONE)).isFalse();
        assertThat(scheme.admits(MessageType.WELCOME, one)).isTrue();
    }

    @Test
    void other_states_are_not_read() {
        assertThatThrownBy(() -> scheme.migrate(2, Octets.EMPTY)).isInstanceOf(SekishoException.class);
        assertThat(scheme.migrate(1, Octets.EMPTY)).isEqualTo(Octets.EMPTY);
    }
}
