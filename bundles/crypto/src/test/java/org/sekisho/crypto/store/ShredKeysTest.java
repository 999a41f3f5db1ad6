// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.Samples;
import org.sekisho.crypto.SystemEntropy;

class ShredKeysTest {

    private final Octets id = Octets.utf8("group/7");
    private final Octets other = Octets.utf8("group/8");

    @TempDir
    Path directory;

    private ShredKeys keys;

    @BeforeEach
    void open() throws IOException {
        keys = ShredKeys.open(directory.resolve("keys"), new SystemEntropy());
    }

    @Test
    void keyIsFoundAgainAfterRestart() throws IOException {
        SecretBytes made = keys.create(id);
        ShredKeys reopened = ShredKeys.open(directory.resolve("keys"), new SystemEntropy());

        assertThat(reopened.find(id)).contains(made);
        assertThat(reopened.create(id)).isEqualTo(made);
        assertThat(keys.create(other)).isNotEqualTo(made);
        assertThat(reopened.ids()).containsExactly(id, other);
    }

    @Test
    void shreddedKeyIsGoneAndARowSealedWithItIsLost() throws IOException {
        var store = new StoreSealer(Samples.secret(0, 32), new SystemEntropy());
        var place = new Place("gk_epoch", Octets.EMPTY, id, 0);
        Octets row = store.with(keys.create(id)).seal(place, Octets.utf8("secret"));
        keys.create(other);

        assertThat(keys.shred(id)).isTrue();

        assertThat(keys.find(id)).isEmpty();
        assertThat(keys.shred(id)).isFalse();
        assertThat(keys.ids()).containsExactly(other);
        StoreSealer renewed = store.with(keys.create(id));
        assertThatThrownBy(() -> renewed.open(place, row)).isInstanceOf(AuthenticationFailedException.class);
    }

    @Test
    void fileIsOverwrittenBeforeItIsDeleted() throws IOException {
        SecretBytes made = keys.create(id);
        Path file = directory.resolve("keys").resolve(id.hex() + ".key");
        Path secondName = directory.resolve("second name");
        Files.createLink(secondName, file);

        keys.shred(id);

        assertThat(Files.readAllBytes(secondName)).hasSize(32).isNotEqualTo(made.expose());
    }

    @Test
    void identifiersAreLimited() {
        assertThatThrownBy(() -> keys.create(Octets.EMPTY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> keys.find(Octets.of(new byte[ShredKeys.MAX_ID + 1])))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
