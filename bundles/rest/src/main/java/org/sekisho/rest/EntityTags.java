// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.core.EntityTag;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.sekisho.api.Octets;

/** Entity tags: two answers have the same tag exactly when they have the same content. */
final class EntityTags {

    private EntityTags() {}

    static EntityTag of(Object answer) {
        try {
            return new EntityTag(
                    digest(Json.MAPPER.writeValueAsBytes(answer)).slice(0, 16).base64());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that cannot be written", e);
        }
    }

    /** SHA-256 of {@code parts}, one after the other. */
    static Octets digest(byte[]... parts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                sha256.update(part);
            }
            return Octets.of(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
