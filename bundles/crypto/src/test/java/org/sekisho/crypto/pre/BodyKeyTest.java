// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.pre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.Samples;

/** Bodies under attack by somebody without the key, and by somebody with it. */
class BodyKeyTest {

    private static final Hash META = new Hash(Samples.octets(3, 32));

    /** pre_tampered_chunk_reorder_truncate_detected: the cipher's part; the list of hashes does the rest. */
    @Test
    void a_chunk_opens_only_as_what_it_was_sealed_as() {
        try (BodyKey key = key()) {
            byte[] plain = Samples.counting(0, 100);
            byte[] sealed = key.seal(META, 1, false, plain, plain.length);
            assertThat(key.open(META, 1, false, sealed)).isEqualTo(plain);
            refused(key, META, 0, false, sealed);
            refused(key, META, 1, true, sealed);
            refused(key, new Hash(Samples.octets(4, 32)), 1, false, sealed);
            refused(key, META, 1, false, Arrays.copyOf(sealed, sealed.length - 1));
            for (int at = 0; at < sealed.length; at++) {
                refused(
                        key,
                        META,
                        1,
                        false,
                        Samples.flip(Octets.of(sealed), at, at).toByteArray());
            }
        }
    }

    @Test
    void the_list_of_hashes_shows_order_length_and_end() {
        byte[] a = Samples.counting(0, 40);
        byte[] b = Samples.counting(9, 40);
        Hash whole = ChunkHash.body(List.of(ChunkHash.of(0, false, a), ChunkHash.of(1, true, b)));
        assertThat(ChunkHash.body(List.of(ChunkHash.of(0, false, b), ChunkHash.of(1, true, a))))
                .isNotEqualTo(whole);
        assertThat(ChunkHash.body(List.of(ChunkHash.of(0, false, a)))).isNotEqualTo(whole);
        assertThat(ChunkHash.body(List.of(ChunkHash.of(0, false, a), ChunkHash.of(1, false, b))))
                .isNotEqualTo(whole);
    }

    /** pre_insider_same_tag_other_chunk_rejected: a reader finds another text with the author's tag; AES-GCM accepts it. */
    @Test
    void same_tag_other_chunk_has_another_hash() throws GeneralSecurityException {
        byte[] dek = new byte[32];
        Arrays.fill(dek, (byte) 7);
        BodyKey key = new BodyKey(SecretBytes.copyOf(dek));
        byte[] plain = Arrays.copyOf("PAY 100 EUR TO ALICE".getBytes(StandardCharsets.US_ASCII), 64);
        byte[] sealed = key.seal(META, 0, true, plain, plain.length);

        byte[] evil = Arrays.copyOf("PAY 999 EUR TO MALLORY".getBytes(StandardCharsets.US_ASCII), 64);
        byte[] forged = sealed.clone();
        for (int i = 0; i < 48; i++) {
            forged[i] = (byte) (sealed[i] ^ plain[i] ^ evil[i]);
        }
        Arrays.fill(forged, 48, 64, (byte) 0);
        byte[] aad = Octets.concat(META.value(), Octets.of((byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 1))
                .toByteArray();
        Ghash ghash = new Ghash(dek);
        // the free block is followed by the block of lengths: its coefficient is H^2
        BigInteger difference = ghash.of(aad, Arrays.copyOf(sealed, 64)).xor(ghash.of(aad, Arrays.copyOf(forged, 64)));
        byte[] free = Ghash.bytes(Ghash.multiply(difference, Ghash.invert(Ghash.multiply(ghash.h, ghash.h))));
        System.arraycopy(free, 0, forged, 48, 16);

        assertThat(Arrays.copyOfRange(forged, 64, 80)).isEqualTo(Arrays.copyOfRange(sealed, 64, 80));
        assertThat(new String(key.open(META, 0, true, forged), 0, 22, StandardCharsets.US_ASCII))
                .isEqualTo("PAY 999 EUR TO MALLORY");
        assertThat(ChunkHash.of(0, true, forged)).isNotEqualTo(ChunkHash.of(0, true, sealed));
    }

    private static void refused(BodyKey key, Hash meta, int index, boolean last, byte[] sealed) {
        assertThatThrownBy(() -> key.open(meta, index, last, sealed)).isInstanceOf(AuthenticationFailedException.class);
    }

    private static BodyKey key() {
        return new SharedPoint(Samples.secret(1, 32)).bodyKey(GroupId.of(new byte[16]), Samples.octets(2, 16), 1);
    }

    /** GHASH over GF(2^128), bits as NIST SP 800-38D orders them. */
    private static final class Ghash {

        private static final BigInteger R = BigInteger.valueOf(0xe1).shiftLeft(120);

        final BigInteger h;

        Ghash(byte[] key) throws GeneralSecurityException {
            Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
            h = new BigInteger(1, aes.doFinal(new byte[16]));
        }

        BigInteger of(byte[] aad, byte[] text) {
            int head = (aad.length + 15) / 16 * 16;
            ByteBuffer data = ByteBuffer.allocate(head + text.length + 16);
            data.put(aad).position(head).put(text).putLong(8L * aad.length).putLong(8L * text.length);
            BigInteger sum = BigInteger.ZERO;
            for (int at = 0; at < data.capacity(); at += 16) {
                BigInteger block = new BigInteger(1, Arrays.copyOfRange(data.array(), at, at + 16));
                sum = multiply(sum.xor(block), h);
            }
            return sum;
        }

        static BigInteger multiply(BigInteger x, BigInteger y) {
            BigInteger sum = BigInteger.ZERO;
            BigInteger v = y;
            for (int bit = 127; bit >= 0; bit--) {
                sum = x.testBit(bit) ? sum.xor(v) : sum;
                v = v.testBit(0) ? v.shiftRight(1).xor(R) : v.shiftRight(1);
            }
            return sum;
        }

        static BigInteger invert(BigInteger x) {
            BigInteger result = BigInteger.ONE.shiftLeft(127);
            BigInteger power = x;
            for (int bit = 0; bit < 127; bit++) {
                power = multiply(power, power);
                result = multiply(result, power);
            }
            return result;
        }

        static byte[] bytes(BigInteger value) {
            byte[] bytes = new byte[16];
            for (int i = 0; i < 16; i++) {
                bytes[15 - i] = value.shiftRight(8 * i).byteValue();
            }
            return bytes;
        }
    }
}
