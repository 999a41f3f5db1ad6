// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JacksonException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.NoContentException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import org.sekisho.api.SekishoException;
import org.sekisho.api.directory.EnrolmentRequest;

/** Whatever bytes come as a body, reading ends with a value or with an error that has a problem document. */
class JsonFuzzTest {

    private static final MultivaluedMap<String, String> HEADERS = new MultivaluedHashMap<>();

    private static final Class<?>[] BODIES = {
        EnrolmentRequest.class,
        DirectoryResource.Invite.class,
        DirectoryResource.Register.class,
        GroupsResource.Founding.class,
        GroupHistoryResource.SchemeRequest.class,
        GroupHistoryResource.Suspension.class,
        SchemeSwitchesResource.Wish.class,
        SealedBody.EnvelopeBody.class,
        SealedBody.MessageBody.class
    };

    private final JsonProvider provider = new JsonProvider();

    @FuzzTest(maxDuration = "10s")
    @SuppressWarnings("unchecked")
    void anyBytes(FuzzedDataProvider data) throws IOException {
        Class<?> type = data.pickValue(BODIES);
        InputStream body = new ByteArrayInputStream(data.consumeRemainingAsBytes());
        try {
            provider.readFrom(
                    (Class<Object>) type, type, new Annotation[0], MediaType.APPLICATION_JSON_TYPE, HEADERS, body);
        } catch (JacksonException | SekishoException declared) {
            if (Problems.of(declared).status() >= 500) {
                throw new IllegalStateException("an undeclared error", declared);
            }
        } catch (NoContentException empty) {
            return;
        }
    }
}
