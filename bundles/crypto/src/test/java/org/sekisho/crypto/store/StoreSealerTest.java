// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.Samples;
import org.sekisho.crypto.SystemEntropy;

class StoreSealerTest {

    private final StoreSealer sealer = new StoreSealer(Samples.secret(0, 32), new SystemEntropy());
    private final Place place = new Place("gk_epoch", Samples.octets(1, 16), Octets.utf8("k"), 3);
    private final Octets content = Octets.utf8("content");

    @Test
    void sealsTheFrozenRows() {
        byte[] salt = Samples.counting(7, 16);
        byte[] nonce = Samples.counting(8, 12);
        var scripted = new StoreSealer(Samples.secret(0, 32), Samples.scripted(salt, nonce, salt, nonce));

        assertThat(scripted.seal(place, content)).isEqualTo(Samples.frozen("row"));
        assertThat(scripted.with(Samples.secret(9, 32)).seal(place, content))
                .isEqualTo(Samples.frozen("shreddableRow"));
    }

    @Test
    void opensTheFrozenRows() {
        assertThat(sealer.open(place, Samples.frozen("row"))).isEqualTo(content);
        assertThat(sealer.with(Samples.secret(9, 32)).open(place, Samples.frozen("shreddableRow")))
                .isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 65_536})
    void opensWhatItSealed(int size) {
        SecretBytes secret = Samples.secret(5, size);
        Octets sealed = sealer.seal(place, secret);
        assertThat(sealed.size()).isEqualTo(size + StoreSealer.OVERHEAD);
        assertThat(sealer.openSecret(place, sealed)).isEqualTo(secret);
    }

    @Test
    void everyChangedBitAndTruncationIsNoticed() {
        Octets sealed = sealer.seal(place, content);
        for (int bit = 0; bit < 8 * sealed.size(); bit++) {
            assertRefused(sealer, place, Samples.flip(sealed, bit / 8, bit));
        }
        for (int length = 0; length < sealed.size(); length++) {
            assertRefused(sealer, place, sealed.slice(0, length));
        }
    }

    @Test
    void rowOpensAtItsPlaceOnly() {
        Octets sealed = sealer.seal(place, content);
        assertRefused(sealer, new Place("gk_part", place.scope(), place.key(), place.seq()), sealed);
        assertRefused(sealer, new Place(place.table(), Octets.EMPTY, place.key(), place.seq()), sealed);
        assertRefused(sealer, new Place(place.table(), place.scope(), Octets.EMPTY, place.seq()), sealed);
        assertRefused(sealer, new Place(place.table(), place.scope(), place.key(), 4), sealed);
    }

    @Test
    void otherKeysOpenNothing() {
        Octets sealed = sealer.seal(place, content);
        var other = new StoreSealer(Samples.secret(1, 32), new SystemEntropy());
        assertRefused(other, place, sealed);
        assertRefused(sealer.with(Samples.secret(9, 32)), place, sealed);
        assertRefused(sealer, place, sealer.with(Samples.secret(9, 32)).seal(place, content));
    }

    @Test
    void sameContentNeverLooksTheSame() {
        Set<Octets> seen = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 1_000).parallel().forEach(i -> seen.add(sealer.seal(place, content)));
        assertThat(seen).hasSize(1_000);
    }

    private static void assertRefused(StoreSealer sealer, Place place, Octets sealed) {
        assertThatThrownBy(() -> sealer.open(place, sealed)).isInstanceOf(AuthenticationFailedException.class);
    }
}
