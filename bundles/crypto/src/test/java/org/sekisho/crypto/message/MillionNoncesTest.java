// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.Aead;
import org.sekisho.crypto.NaxosRandom;
import org.sekisho.crypto.Samples;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.schedule.SenderRoot;
import org.sekisho.crypto.store.Place;
import org.sekisho.crypto.store.StoreSealer;

/**
 * Promise P11, by count: a million encryptions with the production sealers, interrupted at random by a crash (all of the process
 * is lost), a restore (what is durable goes back to what it was), and a swap (new objects in the same process). No two have key
 * and nonce in common. Signatures are left out: they are not what is counted here.
 */
class MillionNoncesTest {

    private static final int COUNT = Integer.getInteger("sekisho.encryptions", 1_000_000);
    private static final Octets SIGNATURE = Octets.of(new byte[64]);
    private static final byte[] TEXT = new byte[8];

    private final Random random = new Random(20261121);
    private final MessageScope scope =
            new MessageScope(GroupId.of(Samples.counting(1, 16)), 7, new Hash(Samples.octets(9, 32)));
    private final LeafId leaf = new LeafId(Samples.octets(0xc0, 32));
    private final long[] used = new long[COUNT];

    /** The secret of the device is all that survives a crash; a restore brings back the same. */
    private static Entropy process() {
        return new NaxosRandom(Samples.secret(0x40, 32));
    }

    private static long mark(Octets keyAndNonce) {
        // 64 bits of a hash: a million different values collide with a chance of 1 in 37 million
        return Sha256.hash(keyAndNonce.toByteArray()).value().slice(0, 8).toLong();
    }

    private void assertNoneTwice() {
        Arrays.sort(used);
        int twice = 0;
        for (int i = 1; i < used.length; i++) {
            twice += used[i] == used[i - 1] ? 1 : 0;
        }
        assertThat(twice).isZero();
    }

    @Test
    void messages() {
        Entropy process = process();
        SenderContext sender = sender(process);
        int interruptions = 0;
        for (int i = 0; i < COUNT; i++) {
            if (random.nextInt(500) == 0) {
                interruptions++;
                process = random.nextInt(3) == 0 ? process : process();
                sender = sender(process);
            }
            MessageFrame frame = MessageFrame.decode(sender.seal("text/plain", TEXT));
            used[i] = mark(Octets.concat(frame.incarnation(), Octets.ofLong(frame.seq())));
        }
        assertThat(interruptions).isGreaterThan(COUNT / 1000);
        assertNoneTwice();
    }

    private SenderContext sender(Entropy process) {
        var root = new SenderRoot(SecretBytes.take(Samples.octets(0x70, 32).toByteArray()));
        return new SenderContext(scope, leaf, root, (label, bytes) -> SIGNATURE, Aead.AES_256_GCM, process);
    }

    @Test
    void rows() {
        Entropy process = process();
        StoreSealer sealer = new StoreSealer(Samples.secret(0x50, 32), process);
        Place place = new Place("EPOCH", Octets.utf8("scope"), Octets.utf8("key"), 1);
        for (int i = 0; i < COUNT; i++) {
            if (random.nextInt(500) == 0) {
                process = random.nextInt(3) == 0 ? process : process();
                sealer = new StoreSealer(Samples.secret(0x50, 32), process);
            }
            // version, salt of the row's key, nonce
            used[i] = mark(sealer.seal(place, Octets.of(TEXT)).slice(1, 1 + 16 + Aead.NONCE_SIZE));
        }
        assertNoneTwice();
    }
}
