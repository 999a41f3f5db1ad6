// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;

/** HMAC with SHA-256 (RFC 2104), tags of 32 bytes. */
public final class HmacSha256 {

    /** Length of a tag in bytes. */
    public static final int TAG_SIZE = 32;

    private static final byte[] NO_KEY = new byte[1];

    private HmacSha256() {}

    /** The tag of {@code message} under {@code key}. */
    public static Octets tag(SecretBytes key, Octets message) {
        return key.use(k -> Octets.of(mac(k).doFinal(message.toByteArray())));
    }

    /** Whether {@code tag} is the whole tag of {@code message}; compared in constant time. */
    public static boolean verify(SecretBytes key, Octets message, Octets tag) {
        return ConstantTime.equal(tag(key, message), tag);
    }

    static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            // SecretKeySpec refuses an empty key; HMAC pads keys with zeros, so one zero byte is the same key.
            mac.init(new SecretKeySpec(key.length == 0 ? NO_KEY : key, "HmacSHA256"));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new CryptoBugException(e);
        }
    }
}
