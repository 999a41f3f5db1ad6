// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SecretBytesTest {

    @Test
    void copyLeavesTheOriginalAlone() {
        byte[] original = {1, 2, 3};
        SecretBytes secret = SecretBytes.copyOf(original);
        original[0] = 9;
        assertThat(secret.expose()).containsExactly(1, 2, 3);
    }

    @Test
    void closingErasesTheArrayThatWasTakenOver() {
        byte[] owned = {1, 2, 3};
        SecretBytes secret = SecretBytes.take(owned);
        secret.close();
        secret.close();
        assertThat(owned).containsOnly(0);
        assertThat(secret.size()).isEqualTo(3);
        assertThat(secret.isClosed()).isTrue();
        assertThatThrownBy(secret::expose).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> secret.use(bytes -> 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(secret::duplicate).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void lentCopyIsErasedAfterUse() {
        SecretBytes secret = SecretBytes.take(new byte[] {1, 2, 3});
        var lent = new AtomicReference<byte[]>();
        int first = secret.<Integer>use(bytes -> {
            lent.set(bytes);
            return (int) bytes[0];
        });
        assertThat(first).isEqualTo(1);
        assertThat(lent.get()).containsOnly(0);
        assertThat(secret.expose()).containsExactly(1, 2, 3);
    }

    @Test
    void lentCopyIsErasedAfterFailure() {
        SecretBytes secret = SecretBytes.take(new byte[] {1, 2, 3});
        var lent = new AtomicReference<byte[]>();
        assertThatThrownBy(() -> secret.use(bytes -> {
                    lent.set(bytes);
                    throw new IllegalArgumentException("test");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(lent.get()).containsOnly(0);
    }

    @Test
    void equalsComparesContentOfOpenSecrets() {
        SecretBytes secret = SecretBytes.take(new byte[] {1, 2, 3});
        SecretBytes same = SecretBytes.take(new byte[] {1, 2, 3});
        assertThat(secret).isEqualTo(same).isEqualTo(secret);
        assertThat(secret).isNotEqualTo(SecretBytes.take(new byte[] {1, 2, 4}));
        assertThat(secret).isNotEqualTo(SecretBytes.take(new byte[] {1, 2}));
        assertThat(secret).isNotEqualTo("123");
        same.close();
        assertThat(secret).isNotEqualTo(same);
        assertThat(same).isNotEqualTo(SecretBytes.take(new byte[3]));
    }

    @Test
    void duplicateLivesOnItsOwn() {
        SecretBytes secret = SecretBytes.take(new byte[] {1, 2, 3});
        SecretBytes duplicate = secret.duplicate();
        secret.close();
        assertThat(duplicate.expose()).containsExactly(1, 2, 3);
    }

    @Test
    void showsTheLengthOnlyAndHasNoHash() {
        SecretBytes secret = SecretBytes.take(new byte[] {1, 2, 3});
        assertThat(secret).hasToString("SecretBytes[3]");
        assertThatThrownBy(secret::hashCode).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void lengthIsLimited() {
        assertThatThrownBy(() -> SecretBytes.take(new byte[SecretBytes.MAX_SIZE + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
