// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import org.sekisho.api.directory.EnrolmentRequest;

/** Whatever bytes come as a body, reading ends with a value or with an error that has a problem document. */
class JsonFuzzTest {

    private static final Class<?>[] BODIES = {
        EnrolmentRequest.class,
        DirectoryResource.Invite.class,
        DirectoryResource.Register.class,
        GroupsResource.Founding.class,
        GroupHistoryResource.SchemeRequest.class,
        GroupHistoryResource.Suspension.class,
        SealedBody.EnvelopeBody.class,
        SealedBody.MessageBody.class
    };

    @FuzzTest(maxDuration = "10s")
    void anyBytes(FuzzedDataProvider data) throws IOException {
        Class<?> type = data.pickValue(BODIES);
        try {
            Json.MAPPER.readValue(data.consumeRemainingAsBytes(), type);
        } catch (JacksonException declared) {
            Problems.of(declared);
        }
    }
}
