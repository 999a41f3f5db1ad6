// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a caller is still sending when the answer is known already. A connection closed on it is reset, and the reset
 * overtakes the answer: the caller would see a broken connection instead of the refusal it must understand.
 *
 * <p>Guarantees: at most {@value #MAX_BYTES} octets are read and thrown away, and none after five seconds; a caller that
 * waits for leave to send (<code>Expect: 100-continue</code>) is never given it. Whoever sends more loses the answer.
 */
final class UnreadBody {

    static final int MAX_BYTES = 32 << 20;
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final Logger LOG = LoggerFactory.getLogger(UnreadBody.class);

    private UnreadBody() {}

    static void drain(HttpServletRequest request) {
        boolean none = request.getContentLengthLong() == 0
                || request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") == null;
        if (none || request.isAsyncStarted() || request.getHeader("Expect") != null) {
            return;
        }
        try {
            InputStream body = request.getInputStream();
            byte[] buffer = new byte[8192];
            long begun = System.nanoTime();
            int left = MAX_BYTES;
            while (left > 0 && System.nanoTime() - begun < MAX_NANOS) {
                int count = body.read(buffer, 0, Math.min(buffer.length, left));
                if (count < 0) {
                    return;
                }
                left -= count;
            }
        } catch (IOException e) {
            LOG.debug("the rest of a refused body was not sent", e);
        }
    }
}
