// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.searchindex.SegmentPart;

/** Whatever is decoded is canonical or refused as malformed; nothing else is thrown, nothing long is allocated. */
class DecodersTest {

    private static final int ROUNDS = 4000;

    private final Properties known = new Properties();

    DecodersTest() throws IOException {
        try (InputStream in =
                DecodersTest.class.getResourceAsStream("/org/sekisho/searchindex/segment-v1.properties")) {
            known.load(in);
        }
    }

    private Octets value(String name) {
        return Octets.ofHex(known.getProperty(name));
    }

    private static <T> void mutate(Octets good, Function<Octets, T> decode, Function<T, Octets> encode) {
        Random random = new Random(good.size());
        assertThat(encode.apply(decode.apply(good))).isEqualTo(good);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = good.toByteArray();
            int changes = 1 + random.nextInt(3);
            for (int c = 0; c < changes; c++) {
                bytes[random.nextInt(Math.min(bytes.length, 64 + random.nextInt(bytes.length)))] =
                        (byte) random.nextInt(256);
            }
            Octets changed = Octets.of(bytes, 0, random.nextInt(8) == 0 ? random.nextInt(bytes.length) : bytes.length);
            accepted(changed, decode)
                    .ifPresent(value -> assertThat(encode.apply(value)).isEqualTo(changed));
        }
    }

    private static <T> Optional<T> accepted(Octets bytes, Function<Octets, T> decode) {
        try {
            return Optional.of(decode.apply(bytes));
        } catch (RejectedException refused) {
            return Optional.empty();
        }
    }

    @Test
    void statements() {
        mutate(value("manifest"), Manifest::decode, Manifest::encode);
        mutate(value("tombstone"), Tombstone::decode, Tombstone::encode);
        mutate(value("audit"), Audit::decode, Audit::encode);
        mutate(value("entry"), Entry::decode, Entry::encoded);
    }

    @Test
    void segments() {
        Octets file = new SegmentFile(Entry.decode(value("entry")), value("rows"), Octets.of(new byte[4112])).encode();
        mutate(file, SegmentFile::decode, SegmentFile::encode);
    }

    @Test
    void rings() {
        Manifest m = Manifest.decode(value("manifest"));
        Ring ring = Ring.of(m.stand(), 3, 2, Octets.of(new byte[120]), (label, bytes) -> Octets.of(new byte[64]));
        mutate(ring.encode(), Ring::decode, Ring::encode);
    }

    @Test
    void parts_that_do_not_fit_are_refused() {
        Octets id = Octets.of(new byte[16]);
        Octets bytes = Octets.of(new byte[52]);
        for (int[] bad :
                List.of(new int[] {-1, 52, 52}, new int[] {1, 52, 52}, new int[] {0, 51, 52}, new int[] {0, 52, 8})) {
            assertThat(accepted(id, i -> new SegmentPart(i, true, bad[0], bad[1], bad[2], bytes)))
                    .isEmpty();
        }
        assertThat(accepted(id, i -> new SegmentPart(i, true, 0, 1 << 30, 52, bytes)))
                .isEmpty();
    }
}
