// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;

/** Known answers of the RFCs. */
class RfcVectorsTest {

    @ParameterizedTest(name = "RFC 5869 A.{0}")
    @CsvSource({
        "1, 0b*22, 000102030405060708090a0b0c, f0f1f2f3f4f5f6f7f8f9,"
                + "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5,"
                + "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        "2, 00-4f, 60-af, b0-ff,"
                + "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244,"
                + "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
                + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
                + "cc30c58179ec3e87c14c01d5c1f3434f1d87",
        "3, 0b*22, '', '',"
                + "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04,"
                + "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    })
    void hkdf(int number, String ikm, String salt, String info, String prk, String okm) {
        byte[] extracted = Hkdf.extract(bytes(salt), bytes(ikm));

        assertThat(extracted).isEqualTo(bytes(prk));
        assertThat(Hkdf.expand(extracted, bytes(info), okm.length() / 2)).isEqualTo(bytes(okm));
    }

    @ParameterizedTest
    @CsvSource({
        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4,"
                + "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c,"
                + "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
        "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d,"
                + "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493,"
                + "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"
    })
    void x25519(String scalar, String point, String result) {
        assertThat(X25519.multiply(secret(scalar), Octets.ofHex(point))).isEqualTo(secret(result));
    }

    @Test
    void x25519Iterated() {
        byte[] k = bytes("0900000000000000000000000000000000000000000000000000000000000000");
        byte[] u = k;
        for (int i = 0; i < 1000; i++) {
            byte[] next = X25519.multiply(SecretBytes.copyOf(k), Octets.of(u)).expose();
            u = k;
            k = next;
            if (i == 0) {
                assertThat(k).isEqualTo(bytes("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079"));
            }
        }
        assertThat(k).isEqualTo(bytes("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51"));
    }

    @Test
    void x25519KeyAgreement() {
        SecretBytes alice = secret("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
        SecretBytes bob = secret("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
        SecretBytes shared = secret("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");

        assertThat(X25519.publicKey(alice).hex())
                .isEqualTo("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
        assertThat(X25519.publicKey(bob).hex())
                .isEqualTo("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
        assertThat(X25519.multiply(alice, X25519.publicKey(bob))).isEqualTo(shared);
        assertThat(X25519.multiply(bob, X25519.publicKey(alice))).isEqualTo(shared);
    }

    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                + "d25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                + "387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82,"
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
                + "4a7c15e9716ed28dc027beceea1ec40a"
    })
    void ed25519(String seed, String publicKey, String message, String signature) {
        SigningKey key = SigningKey.of(secret(seed));

        assertThat(key.verifyingKey().bytes().hex()).isEqualTo(publicKey);
        assertThat(key.signBare(bytes(message)).hex()).isEqualTo(signature);
        assertThat(key.verifyingKey().verifyBare(bytes(message), Octets.ofHex(signature)))
                .isTrue();
    }

    @Test
    void chacha20Poly1305() {
        byte[] plaintext =
                ("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
                                + "sunscreen would be it.")
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] sealed = Aead.CHACHA20_POLY1305.seal(
                Samples.secret(0x80, 32),
                Octets.ofHex("070000004041424344454647"),
                Octets.ofHex("50515253c0c1c2c3c4c5c6c7"),
                plaintext);

        assertThat(Octets.of(sealed).hex())
                .isEqualTo(
                        "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92"
                                + "728b1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585"
                                + "808b4831d7bc3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691");
    }

    /** Test cases 13 and 14 of the GCM specification, which the RFCs refer to. */
    @ParameterizedTest
    @CsvSource({
        "'', 530f8afbc74536b9a963b4f1c4cb738b",
        "00*16, cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
    })
    void aes256Gcm(String plaintext, String sealed) {
        Octets nonce = Octets.of(new byte[12]);
        SecretBytes key = SecretBytes.take(new byte[32]);

        assertThat(Aead.AES_256_GCM.seal(key, nonce, Octets.EMPTY, bytes(plaintext)))
                .isEqualTo(bytes(sealed));
    }

    /** RFC 9180 has no vector with AES-256-GCM; {@link HpkeTest} covers that suite with an independent model. */
    @ParameterizedTest(name = "RFC 9180 A.{0}")
    @CsvSource({
        "1, 1, 52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736,"
                + "4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8,"
                + "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431,"
                + "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a",
        "2, 3, f4ec9b33b792c372c1d2c2063507b684ef925b8c75a42dbcbf57d63ccd381600,"
                + "8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb,"
                + "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a,"
                + "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"
    })
    void hpkeBase(int number, short aead, String ephemeral, String recipient, String enc, String ct) {
        byte[] info = bytes("4f6465206f6e2061204772656369616e2055726e");
        byte[] plaintext = bytes("4265617574792069732074727574682c20747275746820626561757479");
        byte[] associatedData = bytes("436f756e742d30");
        HpkePrivateKey key = HpkePrivateKey.of(secret(recipient));

        Octets sealed = Hpke.seal(
                aead,
                key.publicKey(),
                info,
                associatedData,
                plaintext,
                new X25519PrivateKeyParameters(bytes(ephemeral)));

        assertThat(sealed.hex()).isEqualTo(enc + ct);
        assertThat(Hpke.open(aead, key, info, associatedData, sealed)).isEqualTo(plaintext);
    }

    private static byte[] bytes(String notation) {
        if (notation.contains("*")) {
            byte[] repeated = new byte[Integer.parseInt(notation.substring(3))];
            Arrays.fill(repeated, HexFormat.of().parseHex(notation, 0, 2)[0]);
            return repeated;
        }
        if (notation.contains("-")) {
            int first = HexFormat.fromHexDigits(notation, 0, 2);
            return Samples.counting(first, HexFormat.fromHexDigits(notation, 3, 5) - first + 1);
        }
        return HexFormat.of().parseHex(notation);
    }

    private static SecretBytes secret(String hex) {
        return SecretBytes.take(bytes(hex));
    }
}
